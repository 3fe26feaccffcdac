import { describe, expect, it } from 'vitest';
import type { Answer, GroupAnswer } from '../../../lib/core/plan/what-if.js';
import { answerLines } from '../../../lib/core/render/answer-text.js';
import { printedLines } from '../../../lib/core/render/lines.js';

const full = { limit: 131_072, usage: 0.97 };
const nothing: Answer = { groups: [], fires: [], eases: [], stops: [] };

function group(nodeGroup: string, different: Partial<GroupAnswer> = {}): GroupAnswer {
  const worst = 'i-0000000000000000a';
  const one = { cluster: 'storefront', nodeGroup, nodes: 2, worst, notes: [] };
  return { ...one, before: full, after: full, ...different };
}

const shown = (answer: Partial<Answer>, columns = 80) =>
  printedLines(answerLines({ ...nothing, ...answer }), undefined, { columns });

describe('the answer to a question', () => {
  it('tells the groups that change, and names the others', () => {
    const web = group('web', { after: { limit: 524_288, usage: 0.2425, bound: 'at least' } });
    const batch = group('batch', { after: {}, notes: ['not known: it was not read'] });
    const mine = group('batch', { cluster: 'media' });
    const text = shown({ groups: [web, batch, group('edge'), group('search'), mine] });
    expect(text).toBe(`What if
  web of storefront: 97% of 131,072 -> at least 24% of 524,288
  batch of storefront: 97% of 131,072 -> unknown
    not known: it was not read

No difference
  storefront: edge, search
  media: batch

Would fire
  nothing

Would stop
  nothing
`);
  });

  it('says so where no table changes', () => {
    const text = shown({ groups: [group('edge')] });
    expect(text).toMatch(/^What if\n {2}no table would be another\n\nWould fire/);
    expect(text).not.toContain('No difference');
  });

  it('tells what would be less bad between what would fire and stop, and in rows that fit', () => {
    const summary = `${'table '.repeat(20)}end`;
    const one = { id: 'table-pressure/storefront/web', severity: 'notice' as const, summary };
    const text = shown({ fires: [one], eases: [one], stops: [one] });
    expect(text.match(/Would [a-z ]+/g)).toEqual(['Would fire', 'Would be less bad', 'Would stop']);
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}notice {3}table-pressure/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {11}table/));
  });
});
