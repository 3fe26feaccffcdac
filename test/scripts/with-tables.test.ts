import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topics } from '../../lib/cli/pages.js';
import { silentReasons } from '../../lib/core/node/silent-node.js';
import { marked, withTables } from '../../scripts/with-tables.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
// A formatter may pad the columns of a table; its words are what must be fresh.
const words = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('the parts that are made of the code', () => {
  it.each(Object.keys(marked))('are fresh in %s; npm run docs makes them so', (path) => {
    expect(words(withTables(read(path), path))).toBe(words(read(path)));
  });

  it('have a row for every rule and every remedy, with a link to its page', () => {
    for (const { kind, id, path } of topics) {
      const page = read(kind === 'rule' ? 'docs/findings.md' : 'docs/remedies.md');
      expect(page).toContain(`| [\`${id}\`](../${path})`);
    }
  });

  it('have every rule in README.md', () => {
    for (const { kind, id, path } of topics)
      if (kind === 'rule') expect(read('README.md')).toContain(`| [\`${id}\`](${path})`);
  });

  it('say for each reason of silence what to do', () => {
    const page = read('docs/silent-nodes.md');
    for (const [reason, means] of Object.entries(silentReasons)) {
      const [, section = ''] = page.split(`### ${reason}\n`);
      expect(section).toContain(means.slice(1));
      expect(section.split('\n###')[0]).toMatch(/\n- \S/);
    }
  });

  it('fails on a page without the marks', () => {
    expect(() => withTables('# nothing here', 'README.md')).toThrow('README.md should hold');
  });
});
