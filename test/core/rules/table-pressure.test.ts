import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/policy.js';
import { tablePressure as rule } from '../../../lib/core/rules/table-pressure.js';
import { aNodeUsing, aNodeWithout } from '../../support/a-node.js';

describe('table-pressure', () => {
  it.each([
    { entries: 0, max: 1_000, said: 'pass' },
    { entries: 749, max: 1_000, said: 'pass' },
    { entries: 750, max: 1_000, said: 'warning' },
    { entries: 949, max: 1_000, said: 'warning' },
    { entries: 950, max: 1_000, said: 'critical' },
    { entries: 1_000, max: 1_000, said: 'critical' },
    { entries: 1_200, max: 1_000, said: 'critical' },
  ])('says $said when $entries of $max entries are in use', ({ entries, max, said }) => {
    const verdict = rule.evaluate(aNodeUsing(entries, max), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows the numbers it saw, and where the limit comes from', () => {
    expect(rule.evaluate(aNodeUsing(120_000, 131_072), policy)).toMatchObject({
      summary: '120,000 of 131,072 conntrack entries are in use (92%)',
      why: expect.stringContaining('131,072') as string,
    });
  });

  it('follows the usage that the operator chose', () => {
    const strict = { ...policy, warningUsage: 0.5 };
    expect(rule.evaluate(aNodeUsing(500, 1_000), strict).verdict).toBe('finding');
    expect(rule.evaluate(aNodeUsing(499, 1_000), strict).verdict).toBe('pass');
  });

  it('is unknown, not passing, when the table could not be read', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
