import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usdAMonth } from '../../../lib/core/organization/cost.js';

/** The totals of the cost sheet: seconds between audits, and of each fleet its nodes, clusters and USD a month. */
const sheet = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
const fleets = [
  { nodes: 10, clusters: 1 },
  { nodes: 1_000, clusters: 10 },
  { nodes: 10_000, clusters: 40 },
];
const totals = [...sheet.matchAll(/^\| \*\*total\*\* +\| (.*) \|$/gm)].map(([, cells = '']) =>
  cells.split('|').map((cell) => Number(/[\d.]+/.exec(cell)?.[0])),
);

describe('what an auditor costs', () => {
  it.each([
    ['every 15 minutes', 900, 0],
    ['every hour', 3_600, 1],
    ['every 6 hours', 21_600, 2],
  ])('is what the cost sheet says, within a fifth or three cents: %s', (_, cadenceSeconds, row) => {
    for (const [at, { nodes, clusters }] of fleets.entries()) {
      const discovered = { discovered: nodes, read: nodes, silent: 0 };
      const usd = usdAMonth({ nodes: discovered, clusters, cadenceSeconds });
      const expected = totals[row]?.[at] ?? NaN;
      expect(Math.abs(usd - expected)).toBeLessThan(Math.max(0.03, expected / 5));
    }
  });

  it('is nothing where nobody knows how often it audits', () => {
    expect(usdAMonth({ nodes: { discovered: 9, read: 9, silent: 0 }, clusters: 1 })).toBe(0);
  });
});
