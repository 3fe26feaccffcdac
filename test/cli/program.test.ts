import { describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { versionText } from '../../lib/cli/commit.js';
import { aTerminal } from '../support/a-terminal.js';

async function say(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

const commands = [
  'audit',
  'report',
  'node',
  'limit',
  'history',
  'demo',
  'simulate',
  'doctor',
  'completion',
];

describe('the command line', () => {
  it('says its version and commit', async () => {
    expect(await say('--version')).toEqual({ status: 0, out: `${versionText()}\n`, notes: '' });
  });

  it('lists every command in its help', async () => {
    const { status, out } = await say('--help');
    expect(status).toBe(0);
    for (const command of commands) expect(out).toContain(`  ${command} `);
  });

  it.each(commands)('explains %s in its own help, on stdout and with status 0', async (command) => {
    const { status, out, notes } = await say(command, '--help');
    expect({ status, notes }).toEqual({ status: 0, notes: '' });
    expect(out).toContain(`Usage: conntrack-auditor ${command}`);
  });

  it.each([
    { args: ['frobnicate'], wrong: "unknown command 'frobnicate'" },
    { args: ['audit', '--bogus'], wrong: "unknown option '--bogus'" },
    { args: ['report'], wrong: "required option '--from <dir>'" },
    { args: ['report', '--from', '/nowhere'], wrong: "'/nowhere' holds no run" },
    { args: ['history', 'worst', '--from', '/nowhere'], wrong: "'/nowhere' holds no history" },
    { args: ['simulate', '--port', '65536'], wrong: "got '65536'" },
    { args: ['limit', 'm5.lagre'], wrong: 'm5.large' },
    { args: ['limit', 't3.xlarge', '--kube-proxy', 'banana'], wrong: 'banana' },
  ])('fails with status 3 on $args, and says what is wrong', async ({ args, wrong }) => {
    const { status, out, notes } = await say(...args);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(wrong);
  });

  it.each([
    [
      ['limit', '--vcpus', '0'],
      "option '--vcpus <n>' should be a whole number from 1 to 8192, got '0'",
    ],
    [
      ['limit', '--os', 'x'],
      "option '--os <os>' should be one of al2, al2023, bottlerocket, ubuntu, other, got 'x'",
    ],
    [
      ['history', 'best', '--from', 'x'],
      "argument 'question' should be one of worst, limits, drops, got 'best'",
    ],
    [['audit', '--mute', 'group=a'], "option '--mute <mute>': 'until' should be a date"],
    [
      ['audit', '--warning-usage', '3'],
      "option '--warning-usage <share>' should be a share greater than 0 and at most 1, got 3",
    ],
    [
      ['limit', '--vcpus', '\u001b[2J'],
      "option '--vcpus <n>' should be a whole number from 1 to 8192, got '?[2J'",
    ],
  ])('names what %j has wrong, what is allowed and the value, once', async (args, wrong) => {
    const { notes } = await say(...args);
    expect(notes.startsWith(`error: ${wrong}`)).toBe(true);
    expect(notes).toMatch(/[^.]\n$/);
  });

  it('lets nothing of an argument write to the terminal', async () => {
    const { notes } = await say('report', '--from', '/no\u001b[2Jwhere');
    expect(notes).not.toContain('\u001b');
  });
});
