import { describe, expect, it } from 'vitest';
import { pageOf, topics } from '../../lib/cli/pages.js';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';

async function explain(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['explain', ...args], terminal);
  return { status, out: out(), notes: notes() };
}

const sections = {
  rule: ['What it means', 'What you will see', 'What to do', 'When to ignore it', 'Sources'],
  remedy: [
    'What it does',
    'When it helps and when not',
    'What it costs',
    'How',
    'How to undo it',
    'How you see that it worked',
    'Sources',
  ],
};

describe('explain', () => {
  it.each(topics)(
    'has a page of $kind $id with every section, sources, and no more than a screen',
    (topic) => {
      const page = pageOf(topic);
      expect(page.startsWith(`# ${topic.id}\n`)).toBe(true);
      expect([...page.matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual(
        sections[topic.kind],
      );
      expect(page.split('## Sources')[1]).toMatch(/^- <https:\/\/.+>/m);
      const lines = page.trimEnd().split('\n').length;
      expect(lines).toBeGreaterThanOrEqual(25);
      expect(lines).toBeLessThanOrEqual(60);
    },
  );

  it.each(topics)('prints $id with its title and what it is about', async (topic) => {
    const { status, out } = await explain(topic.id);
    expect(status).toBe(0);
    expect(out).toContain(`${topic.id}: ${topic.title}\n${topic.about}\n`);
    expect(out).toContain('\nSources\n');
  });

  it('lists every rule and remedy where none is named', async () => {
    const { out } = await explain();
    for (const { id, title } of topics)
      expect(out).toMatch(new RegExp(`  ${id} +${title.slice(0, 20)}`));
    expect(JSON.parse((await explain('--json')).out)).toHaveLength(topics.length);
  });

  it('fails on an id that nobody has, and names the closest', async () => {
    const { status, notes } = await explain('tabel-pressure');
    expect(status).toBe(3);
    expect(notes).toContain('did you mean table-pressure?');
  });
});
