import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { remedies } from '../../../lib/core/remedies/index.js';
import { scenarios } from './measure-all.js';

const page = readFileSync(new URL('../../../docs/truth.md', import.meta.url), 'utf8');

/** The cells of each row of the page's table, without its head. */
const rows = page
  .split('\n')
  .filter((line) => /^\|\s*`/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the page of truth', () => {
  it.each(scenarios)('tells what was measured of $remedy: $scenario', ({ remedy, scenario }) => {
    const found = rows.filter(([, id, name]) => id === `\`${remedy}\`` && name === scenario);
    expect(found).toHaveLength(1);
  });

  it('tells nothing that is no longer measured', () => {
    expect(rows).toHaveLength(scenarios.length);
  });

  it.each(remedies)('names $id, measured or with the reason why not', ({ id }) => {
    expect(page).toContain(`\`${id}\``);
  });

  it.each(rows)('%s %s %s %s %s %s %s %s holds what it claims', (...cells) => {
    const [, , , , predicted = '', measured = '', , claim] = cells;
    const [said, came] = [predicted, measured].map((cell) => Number(cell.replaceAll(',', '')));
    const error = (came ?? NaN) / (said ?? NaN) - 1;
    const holds: Readonly<Record<string, boolean>> = {
      value: Math.abs(error) <= 0.05,
      'at most': error <= 0.05,
      'at least': error >= -0.05,
      nothing: predicted === 'not predicted',
    };
    expect(holds[claim ?? '']).toBe(true);
  });
});
