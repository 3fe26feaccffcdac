import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { hashCrowding as rule } from '../../../lib/core/rules/hash-crowding.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const BUCKETS = 65_536;

function say(entries: number, max: number, different: NodeFacts = {}) {
  const hash = { buckets: BUCKETS, entriesPerBucket: entries / BUCKETS };
  const verdict = rule.evaluate(aNode({ table: { entries, max }, hash, ...different }), policy);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('hash-crowding', () => {
  it.each([
    { perBucket: 1, said: 'pass' },
    { perBucket: 12, less: 1, said: 'pass' },
    { perBucket: 12, said: 'warning' },
    { perBucket: 16, less: 1, said: 'warning' },
    { perBucket: 16, said: 'critical' },
  ])('says $said of $perBucket entries in a bucket', ({ perBucket, less = 0, said }) => {
    expect(say(perBucket * BUCKETS - less, 16 * BUCKETS)).toBe(said);
  });

  it('warns of flows that were refused since boot, however empty the buckets are now', () => {
    expect(say(100, BUCKETS, { counters: { chainlength: 1 } })).toBe('warning');
    expect(say(100, BUCKETS, { counters: { chainlength: 0 } })).toBe('pass');
  });

  it('judges flows refused since the last audit, where there was one, and within the probe', () => {
    const counters = { chainlength: 900 };
    const growth = (chainlength: number) => ({
      growth: { seconds: 21_600, counters: { chainlength }, exceeded: {} },
    });
    const churn = { seconds: 2, entries: 0, counters: { chainlength: 1 } };
    expect(say(100, BUCKETS, { counters, ...growth(0) })).toBe('pass');
    expect(say(100, BUCKETS, { counters, ...growth(1) })).toBe('warning');
    expect(say(100, BUCKETS, { counters, ...growth(0), churn })).toBe('warning');
  });

  it.each([
    { facts: {}, said: '900 flows refused since boot 10 days ago' },
    {
      facts: { growth: { seconds: 21_600, counters: { chainlength: 4 }, exceeded: {} } },
      said: '4 flows refused since the last audit 6 hours ago',
    },
  ])('says when flows were refused: $said', ({ facts, said }) => {
    const refused = aNode({ counters: { chainlength: 900 }, ...facts });
    expect(rule.evaluate(refused, policy)).toMatchObject({
      severity: 'warning',
      summary: `${said}, with 0 entries in each of 262,144 buckets today`,
    });
  });

  it('notes a limit that the hash cannot carry', () => {
    expect(say(100, 16 * BUCKETS)).toBe('pass');
    expect(say(100, 16 * BUCKETS + 1)).toBe('notice');
  });

  it('has nothing to say of kernels whose chains have no limit', () => {
    expect(say(20 * BUCKETS, 20 * BUCKETS, { kernel: '5.14.0' })).toBe('pass');
    expect(say(20 * BUCKETS, 20 * BUCKETS, { kernel: '5.15.0' })).toBe('critical');
  });

  it('shows how crowded it is', () => {
    const hash = { buckets: BUCKETS, entriesPerBucket: 12.34 };
    expect(rule.evaluate(aNode({ hash }), policy)).toMatchObject({
      summary: '12.3 entries in each of 65,536 buckets',
    });
  });

  it('is unknown, not passing, where the buckets could not be read', () => {
    expect(rule.evaluate(aNodeWithout('hash'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['hash'],
    });
  });
});
