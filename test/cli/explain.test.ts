import { describe, expect, it } from 'vitest';
import { pageOf, topics, type Topic } from '../../lib/cli/pages.js';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';

async function cli(args: readonly string[], colour = false) {
  const { terminal, out, notes } = aTerminal({ colour });
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

const explain = (...args: string[]) => cli(['explain', ...args]);

/** What the pages tell people to type, as far as it needs neither a saved run nor a node. */
const commands = [
  ...new Set(
    topics.flatMap((topic) =>
      [...pageOf(topic).matchAll(/npx eks-conntrack-auditor ((?:explain|fix|limit) [^`\n]+)/g)].map(
        ([, words]) => words ?? '',
      ),
    ),
  ),
].filter((words) => !words.includes('--from'));

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

function topicOf(id: string): Topic {
  const topic = topics.find((one) => one.id === id);
  if (topic === undefined) throw new Error(`no topic ${id}`);
  return topic;
}

/** A page without its first line. */
const bodyOf = (topic: Topic) => pageOf(topic).replace(/^.*\n/, '');

describe('explain', () => {
  it.each(topics)(
    'has a page of $kind $id with every section, sources, and no more than a screen',
    (topic) => {
      const page = pageOf(topic);
      expect(page.startsWith(`# ${topic.id}\n`)).toBe(true);
      expect([...page.matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual(
        sections[topic.kind],
      );
      const sources = page.split('## Sources\n\n')[1]?.trimEnd().split('\n') ?? [];
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(source).toMatch(/^- <https:\/\/\S+>( \(.+\))?$/);
      const lines = page.trimEnd().split('\n').length;
      expect(lines).toBeGreaterThanOrEqual(25);
      expect(lines).toBeLessThanOrEqual(60);
    },
  );

  it.each(topics)('prints $id with its title and what it is about', async (topic) => {
    const { status, out } = await explain(topic.id);
    expect(status).toBe(0);
    expect(out).toBe(`${topic.id}: ${topic.title}\n${topic.about}\n${bodyOf(topic)}`);
  });

  it('prints headings in bold on a terminal, and comments of a script as they are', async () => {
    const { out } = await cli(['explain', 'hash-crowding'], true);
    expect(out).toContain('\u001b[1mWhat it means\u001b[22m\n');
    expect(out).not.toContain('##');
    expect(bodyOf(topicOf('hash-crowding'))).toContain('# the number to go back to');
    expect(out).toContain('# the number to go back to');
  });

  it('prints the page and what is known of it as JSON', async () => {
    const topic = topicOf('table-pressure');
    const { out } = await explain('table-pressure', '--json');
    expect(JSON.parse(out)).toEqual({ ...topic, page: pageOf(topic) });
  });

  it('lists every rule and remedy where none is named', async () => {
    const { out } = await explain();
    for (const { id, title } of topics)
      expect(out).toMatch(new RegExp(`  ${id} +${title.slice(0, 20)}`));
    expect(JSON.parse((await explain('--json')).out)).toHaveLength(topics.length);
  });

  it.each([
    ['tabel-pressure', 'did you mean table-pressure?'],
    ['Raise-Limit', 'did you mean raise-limit?'],
    [
      'dns',
      'did you mean dns-entry-share, node-local-dns-idle, node-local-dns-cache, sequential-dns-lookups, dns-over-tcp?',
    ],
  ])('fails on the id %s, which nobody has, and names what was meant', async (id, meant) => {
    const { status, out, notes } = await explain(id);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(meant);
  });

  it.each(['banana', '', '-'])('guesses nothing when nothing is near to "%s"', async (id) => {
    const { status, notes } = await explain('--', id);
    expect(status).toBe(3);
    expect(notes).toBe(
      `error: there is no rule or remedy '${id}'; without one, explain lists them all\n`,
    );
  });

  it('has commands on its pages', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)('tells people to type what works: %s', async (words) => {
    const { status, out, notes } = await cli(words.split(' '));
    expect({ status, notes }).toEqual({ status: 0, notes: '' });
    expect(out).not.toBe('');
  });
});
