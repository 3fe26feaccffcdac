import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { allowanceLow as rule } from '../../../lib/core/rules/allowance-low.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';
import { anAllowance } from '../../support/an-allowance.js';

const evaluate = (allowanceAvailable: number, entries: number, max = 131_072) =>
  rule.evaluate(aNode({ allowanceAvailable, table: { entries, max } }), policy);

describe('allowance-low', () => {
  it.each([
    { available: 100_000, entries: 0, said: 'pass' },
    { available: 10_000, entries: 90_000, said: 'pass' },
    { available: 9_999, entries: 90_000, said: 'warning' },
    { available: 3_000, entries: 97_000, said: 'warning' },
    { available: 2_999, entries: 97_000, said: 'critical' },
    { available: 0, entries: 97_000, said: 'critical' },
    { available: 0, entries: 0, said: 'critical' },
  ])('says $said when $available are left beside $entries', ({ available, entries, said }) => {
    const verdict = evaluate(available, entries);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows how many are left on either side, and that it is an estimate', () => {
    expect(evaluate(4_000, 96_000)).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        "EC2 would track 4,000 more connections beside the 96,000 entries of the kernel's table: about 4% is left (estimate)",
      measures: {
        entries: 96_000,
        max: 131_072,
        usage: 96_000 / 131_072,
        allowanceAvailable: 4_000,
        allowanceRoom: 0.04,
      },
      why: 'EC2 does not publish how many it tracks, so the entries of the table stand in for that; the kernel itself would take 35,072 more, and nf_conntrack_max does not change what EC2 takes',
    });
  });

  it('promises no room of the kernel where the table is over its limit', () => {
    expect(evaluate(1, 1_001, 1_000)).toMatchObject({
      summary: expect.stringContaining('1 more connection beside') as string,
      why: expect.stringContaining('would take 0 more') as string,
    });
  });

  it('is unknown, not passing, where the driver tells what was exceeded and not what is left', () => {
    const { facts } = aNodeWithout('allowanceAvailable');
    const told = { facts: { ...facts, allowance: anAllowance() } };
    expect(rule.evaluate(told, policy)).toEqual({
      verdict: 'unknown',
      missing: ['allowanceAvailable'],
    });
  });

  it.each([
    [{ moves: false }, 0, 'pass'],
    [{ moves: false }, 1, 'critical'],
    [{ moves: true }, 0, 'critical'],
    [{}, 0, 'critical'],
  ])('of what is left that %j, exceeded %i times: %s', (moves, conntrack, said) => {
    const allowance = { interfaces: 1, exceeded: { conntrack }, available: 1, ...moves };
    const facts = { allowance, allowanceAvailable: 1, table: { entries: 999_999, max: 1_048_576 } };
    const verdict = rule.evaluate(aNode(facts), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });
});
