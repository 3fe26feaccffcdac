import { describe, expect, it } from 'vitest';
import type { Command } from '../../../lib/core/judge/command.js';
import type { Assessment } from '../../../lib/core/judge/finding.js';
import { commandText, OWN_NAME, stepTexts } from '../../../lib/core/render/command-text.js';

const remedy: Assessment = {
  id: 'raise-limit',
  title: 'Raise the limit',
  helps: true,
  reason: 'room',
  predicted: {},
  steps: ['one', 'two'],
};

describe('a command as people type it', () => {
  it.each<{ command: Command; text: string }>([
    { command: { name: 'node' }, text: 'p node' },
    { command: { name: 'fix', remedy: 'grow-hash' }, text: 'p fix grow-hash' },
    {
      command: { name: 'fix', remedy: 'raise-limit', limit: 262_144 },
      text: 'p fix raise-limit --limit 262144',
    },
    {
      command: { name: 'fix', remedy: 'raise-limit', limit: 262_144, cluster: 'shop_1-a' },
      text: 'p fix raise-limit --cluster shop_1-a --limit 262144',
    },
    {
      command: { name: 'fix', remedy: 'raise-limit', cluster: 'a;reboot' },
      text: 'p fix raise-limit',
    },
    {
      command: { name: 'fix', remedy: 'raise-limit', cluster: '--from' },
      text: 'p fix raise-limit',
    },
    {
      command: { name: 'fix', remedy: 'node-local-dns-cache', asksDnsAddress: true },
      text: 'p fix node-local-dns-cache --dns-address <ClusterIP of kube-dns>',
    },
  ])('is $text', ({ command, text }) => {
    expect(commandText(command, 'p')).toBe(text);
  });

  it('begins with the name that the program is called by', () => {
    expect(commandText({ name: 'node' }, 'npx eks-conntrack-auditor')).toBe(
      'npx eks-conntrack-auditor node',
    );
    expect(commandText({ name: 'node' }, OWN_NAME)).toBe('conntrack-auditor node');
  });
});

describe('the steps of a remedy as people read them', () => {
  it('end with what is ready to apply', () => {
    const command = { name: 'fix', remedy: 'raise-limit', limit: 8 } as const;
    expect(stepTexts({ ...remedy, command }, 'p')).toEqual([
      'one',
      'two',
      'ready to apply: p fix raise-limit --limit 8',
    ]);
  });

  it('end with where to read the node by hand', () => {
    expect(stepTexts({ ...remedy, command: { name: 'node' } }, 'p').slice(2)).toEqual([
      'read it where you can log in: p node (as root, in the host’s network namespace)',
    ]);
  });

  it('stand alone where this program can do nothing', () => {
    expect(stepTexts(remedy, 'p')).toEqual(['one', 'two']);
  });
});
