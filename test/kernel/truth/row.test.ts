import { describe, expect, it } from 'vitest';
import { aNode } from '../../support/a-node.js';
import { holds, predict, type Row } from './row.js';
import { truthTable } from './table.js';

function aRow(different: Partial<Row>): Row {
  const row = { remedy: 'lower-ndots', scenario: 'names', before: 1_500, uncollected: 7 };
  return { ...row, predicted: 1_000, measured: 1_000, claim: 'value', ...different };
}

describe('a row of the table of truth', () => {
  it.each([
    ['value', 949, false],
    ['value', 950, true],
    ['value', 1_050, true],
    ['value', 1_051, false],
    ['at most', 0, true],
    ['at most', 1_050, true],
    ['at most', 1_051, false],
    ['at least', 949, false],
    ['at least', 950, true],
    ['at least', 5_000, true],
  ] as const)(
    'that claims 1,000 as %s, where %d were measured, holds: %s',
    (claim, measured, is) => {
      expect(holds(aRow({ claim, measured }))).toBe(is);
    },
  );

  it('holds where a remedy claims nothing, and not where there is no such remedy', () => {
    const { predicted: _, ...row } = aRow({});
    expect(holds({ ...row, claim: 'nothing' })).toBe(true);
    expect(holds({ ...row, claim: 'no such remedy' })).toBe(false);
  });

  it('takes its number from the remedy, in entries', () => {
    const { facts } = aNode();
    expect(predict('raise-limit', facts)).toMatchObject({ entries: 4_096, claim: 'value' });
    expect(predict('trailing-dot', facts)).toMatchObject({ claim: 'nothing' });
    expect(predict('pray', facts)).toEqual({ claim: 'no such remedy' });
  });

  it('is a line of Markdown, with the kernel and the date', () => {
    const { predicted: _, ...silent } = aRow({ claim: 'nothing' });
    const at = { kernel: '6.18.44', date: '2026-11-27' };
    expect(truthTable([aRow({ measured: 975 }), silent], at)).toBe(
      [
        '| remedy | scenario | before | predicted | measured | error | claims | not collected | kernel | date |',
        '| --- | --- | --: | --: | --: | --: | --- | --: | --- | --- |',
        '| `lower-ndots` | names | 1,500 | 1,000 | 975 | -2.5 % | value | 7 | 6.18.44 | 2026-11-27 |',
        '| `lower-ndots` | names | 1,500 | not predicted | 1,000 |  | nothing | 7 | 6.18.44 | 2026-11-27 |',
        '',
      ].join('\n'),
    );
  });
});
