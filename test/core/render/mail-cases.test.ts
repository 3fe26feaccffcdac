import { describe, expect, it } from 'vitest';
import { byteLength } from '../../../lib/core/render/cut.js';
import { printedLines, spaced } from '../../../lib/core/render/lines.js';
import { caseBlocks } from '../../../lib/core/render/mail-cases.js';
import { toldCases } from '../../../lib/core/render/told-cases.js';
import { manyChanges } from '../../support/hostile-digests.js';

const PLENTY = 100_000;

function told(amount: number, room = PLENTY, nodes = 10): string {
  const changes = manyChanges(amount, 'cluster', nodes).map((one) => ({
    ...one,
    kind: 'new' as const,
  }));
  return printedLines(spaced(caseBlocks(toldCases(changes), undefined, room)));
}

const inFull = (text: string) => (text.match(/^CRITICAL/gm) ?? []).length;
const inBrief = (text: string) => (text.match(/^ {2}CRITICAL/gm) ?? []).length;

describe('the cases of a mail', () => {
  it('are in full while they take at most 16 lines', () => {
    // Each takes 5 lines of one node, and 8 of two.
    expect([inFull(told(2, PLENTY, 2)), inFull(told(3, PLENTY, 2))]).toEqual([2, 2]);
    expect(told(2, PLENTY, 2)).not.toContain('ALSO');
  });

  it('are in a line each after these, ten of them, and then counted', () => {
    const [fits, over] = [told(12, PLENTY, 2), told(13, PLENTY, 2)];
    expect([inFull(fits), inBrief(fits)]).toEqual([2, 10]);
    expect(fits).not.toContain('more change');
    expect([inFull(over), inBrief(over)]).toEqual([2, 10]);
    expect(over).toContain('1 more change (1 new) did not fit into this mail');
  });

  it('name three rules in a line, and count the others', () => {
    const rules = ['table-drops', 'table-pressure', 'hot-node', 'idle-entries', 'stale-flows'];
    const changes = manyChanges(6).flatMap((one, at) =>
      at === 0
        ? [one]
        : [
            {
              ...one,
              kind: 'new' as const,
              finding: { ...one.finding, id: `${at}`, cluster: 'b', rule: rules[at - 1] ?? '' },
            },
          ],
    );
    const said = printedLines(caseBlocks(toldCases(changes), undefined, PLENTY).flat());
    expect(said).toContain('b / web: new table-drops, table-pressure, hot-node, +2');
  });

  it('leave out one line more for one byte less, and never take more bytes than there are', () => {
    const least = Array.from({ length: 4_000 }, (_, room) => room).find(
      (room) => inBrief(told(12, room, 2)) === 10,
    );
    expect(inBrief(told(12, (least ?? 0) - 1, 2))).toBe(9);
    expect(byteLength(told(12, least, 2))).toBeLessThanOrEqual(least ?? 0);
  });
});
