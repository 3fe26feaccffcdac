import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topics } from '../../lib/cli/pages.js';
import { withTables } from '../../scripts/with-tables.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
// A formatter may pad the columns of a table; its words are what must be fresh.
const words = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('the tables in README.md', () => {
  it('are fresh; npm run docs makes them so', () => {
    expect(words(withTables(readme))).toBe(words(readme));
  });

  it('have a row for every rule and every remedy, with a link to its page', () => {
    for (const { id, path } of topics) expect(readme).toContain(`| [\`${id}\`](${path})`);
  });

  it('fails on a page without the marks', () => {
    expect(() => withTables('# nothing here')).toThrow('the page should hold');
  });
});
