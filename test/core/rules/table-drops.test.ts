import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/policy.js';
import { tableDrops as rule } from '../../../lib/core/rules/table-drops.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

describe('table-drops', () => {
  it.each([
    { tableFull: { lines: 0 }, said: 'pass' },
    { tableFull: { lines: 1, secondsAgo: policy.recentSeconds }, said: 'critical' },
    { tableFull: { lines: 1, secondsAgo: policy.recentSeconds + 1 }, said: 'pass' },
    { tableFull: { lines: 1 }, said: 'critical' },
  ])('says $said of the kernel log $tableFull', ({ tableFull, said }) => {
    const verdict = rule.evaluate(aNode({ tableFull }), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows how often and when, beside how full the table is now', () => {
    const tableFull = { lines: 37, secondsAgo: 1_260 };
    expect(rule.evaluate(aNode({ tableFull }), policy)).toMatchObject({
      summary:
        'the kernel logged "table full, dropping packet" 37 times, last 21 minutes ago; 4,096 of 131,072 entries now',
    });
  });

  it('says that it does not know when, where the log carries no time', () => {
    expect(rule.evaluate(aNode({ tableFull: { lines: 1 } }), policy)).toMatchObject({
      summary: expect.stringContaining('1 time, last at an unknown time since boot') as string,
    });
  });

  it('judges the log even where the table could not be read', () => {
    const { facts } = aNodeWithout('table');
    const verdict = rule.evaluate({ facts: { ...facts, tableFull: { lines: 2 } } }, policy);
    expect(verdict.verdict).toBe('finding');
  });

  it('is unknown, not passing, when the kernel log could not be read', () => {
    expect(rule.evaluate(aNodeWithout('tableFull'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['tableFull'],
    });
  });
});
