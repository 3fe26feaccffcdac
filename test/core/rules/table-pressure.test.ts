import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
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

  it.each([
    { was: 'warning', entries: 649, said: 'pass' },
    { was: 'warning', entries: 650, said: 'warning' },
    { was: 'warning', entries: 949, said: 'warning' },
    { was: 'warning', entries: 950, said: 'critical' },
    { was: 'critical', entries: 649, said: 'pass' },
    { was: 'critical', entries: 650, said: 'warning' },
    { was: 'critical', entries: 849, said: 'warning' },
    { was: 'critical', entries: 850, said: 'critical' },
  ] as const)('says $said of $entries of 1,000 after a $was', ({ was, entries, said }) => {
    const verdict = rule.evaluate({ ...aNodeUsing(entries, 1_000), was }, policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it.each([
    { was: 'warning', entries: 749, said: '(75%); warning until it is below 65%' },
    { was: 'warning', entries: 750, said: '(75%)' },
    { was: 'critical', entries: 949, said: '(95%); critical until it is below 85%' },
    { was: 'critical', entries: 950, said: '(95%)' },
    { was: 'critical', entries: 800, said: '(80%)' },
  ] as const)('says what it waits for after a $was at $entries of 1,000', (held) => {
    const { was, entries, said } = held;
    expect(rule.evaluate({ ...aNodeUsing(entries, 1_000), was }, policy)).toMatchObject({
      summary: `${entries} of 1,000 conntrack entries are in use ${said}`,
    });
  });

  it.each([
    { entries: 49, said: 'pass' },
    { entries: 50, said: 'finding' },
  ])('clears at half of a threshold that is as low as the clearance: $entries', (one) => {
    const low = { ...policy, warningUsage: 0.1 };
    const subject = { ...aNodeUsing(one.entries, 1_000), was: 'warning' as const };
    expect(rule.evaluate(subject, low).verdict).toBe(one.said);
  });

  it('is unknown, not passing, when the table could not be read', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
