import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleTexts } from '../../lib/core/rules/index.js';
import { withRuleTable } from '../../scripts/with-rule-table.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
// A formatter may pad the columns of a table; its words are what must be fresh.
const words = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('the table of rules in README.md', () => {
  it('is fresh; npm run docs makes it so', () => {
    expect(words(withRuleTable(readme))).toBe(words(readme));
  });

  it('has a row for every rule', () => {
    for (const { id } of ruleTexts) expect(readme).toContain(`| \`${id}\``);
  });

  it('fails on a page without the marks', () => {
    expect(() => withRuleTable('# nothing here')).toThrow('the page should hold');
  });
});
