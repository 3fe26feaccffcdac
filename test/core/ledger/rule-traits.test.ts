import { describe, expect, it } from 'vitest';
import { isAboutTable, judgesGrowth } from '../../../lib/core/ledger/rule-traits.js';
import { ruleTexts } from '../../../lib/core/rules/index.js';

const ids = ruleTexts.map(({ id }) => id).sort();

describe('the traits of rules', () => {
  it('say which rules judge growth', () => {
    expect(ids.filter(judgesGrowth)).toEqual([
      'allowance-exceeded',
      'early-evictions',
      'insert-races',
      'link-local-exceeded',
      'table-drops',
      'time-to-full',
    ]);
  });

  it('say which rules are not about the table', () => {
    expect(ids.filter((id) => !isAboutTable(id))).toEqual([
      'allowance-exceeded',
      'allowance-low',
      'insert-races',
      'link-local-exceeded',
      'node-local-dns-idle',
      'node-silent',
      'reading-implausible',
      'vpc-idle-timeout',
    ]);
  });
});
