import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { earlyEvictions as rule } from '../../../lib/core/rules/early-evictions.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

type Counters = Record<string, number>;

const grownBy = (counters: Counters): NodeFacts => ({
  churn: { seconds: 2, entries: 0, counters },
});

describe('early-evictions', () => {
  it.each([
    { ever: { early_drop: 0 }, said: 'pass' },
    { ever: {}, said: 'pass' },
    { ever: { early_drop: 1 }, said: 'notice' },
    { ever: { early_drop: 9, drop: 1 }, said: 'pass' },
    { ever: { early_drop: 9, drop: 1, insert_failed: 1 }, said: 'notice' },
    { ever: { early_drop: 9, drop: 2, insert_failed: 1 }, said: 'pass' },
  ])('says $said of $ever since boot', ({ ever, said }) => {
    const verdict = rule.evaluate(aNode({ counters: ever }), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it.each<{ grown: Counters; ever?: Counters; said: string }>([
    { grown: { early_drop: 1 }, said: 'warning' },
    { grown: { early_drop: 1 }, ever: { drop: 50 }, said: 'warning' },
    { grown: { early_drop: 1, drop: 3, insert_failed: 3 }, said: 'warning' },
    { grown: { early_drop: 1, drop: 1 }, said: 'pass' },
    { grown: { drop: 1 }, ever: { early_drop: 9 }, said: 'pass' },
    { grown: {}, ever: { early_drop: 9 }, said: 'notice' },
  ])('says $said of growth by $grown after $ever', ({ grown, ever = {}, said }) => {
    const verdict = rule.evaluate(aNode({ counters: ever, ...grownBy(grown) }), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was evicted while the probe ran, and where the limit comes from', () => {
    const facts = { ...grownBy({ early_drop: 310 }), table: { entries: 131_050, max: 131_072 } };
    expect(rule.evaluate(aNode(facts), policy)).toMatchObject({
      summary:
        'the kernel evicted 310 entries within 2 s to make room for new flows; 131,050 of 131,072 entries now (99%)',
      why: expect.stringContaining('131,072') as string,
    });
  });

  it('says that what it saw was since boot where nothing grew', () => {
    expect(rule.evaluate(aNode({ counters: { early_drop: 1 } }), policy)).toMatchObject({
      summary:
        'the kernel evicted 1 entry to make room since boot 10 days ago, and refused no flow for want of it; 4,096 of 131,072 entries now (3%)',
      why: expect.stringContaining('131,072') as string,
    });
  });

  it('judges what was since boot where there was no second reading', () => {
    const { facts } = aNodeWithout('churn');
    const verdict = rule.evaluate({ facts: { ...facts, counters: { early_drop: 1 } } }, policy);
    expect(verdict).toMatchObject({ severity: 'notice' });
  });

  it('judges the counters where the table could not be read', () => {
    const { facts } = aNodeWithout('table');
    expect(rule.evaluate({ facts: { ...facts, ...grownBy({ early_drop: 2 }) } }, policy)).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary: 'the kernel evicted 2 entries within 2 s to make room for new flows',
      measures: { evicted: 2, windowSeconds: 2 },
    });
  });

  const since = (counters: Counters) => ({
    growth: { seconds: 21_600, counters, exceeded: {} },
  });

  it.each<{ between: Counters; now?: Counters; said: string }>([
    { between: { drop: 0, early_drop: 0 }, said: 'pass' },
    { between: { drop: 0, early_drop: 1 }, said: 'warning' },
    { between: { drop: 0, early_drop: 0 }, now: { early_drop: 1 }, said: 'warning' },
    { between: { drop: 3, insert_failed: 3, early_drop: 1 }, said: 'warning' },
    { between: { drop: 4, insert_failed: 3, early_drop: 1 }, said: 'pass' },
    { between: { drop: 0, early_drop: 1 }, now: { drop: 1 }, said: 'pass' },
    { between: { drop: 0 }, said: 'notice' },
  ])('says $said of $between since the last audit and $now now', ({ between, now = {}, said }) => {
    const facts = { counters: { early_drop: 9 }, ...since(between), ...grownBy(now) };
    const verdict = rule.evaluate(aNode(facts), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('is not kept from what is new by drops that are old', () => {
    const facts = { counters: { drop: 90_000 }, ...since({ drop: 0, early_drop: 1 }) };
    expect(rule.evaluate(aNode(facts), policy)).toMatchObject({
      severity: 'warning',
      summary:
        'the kernel evicted 1 entry since the last audit 6 hours ago to make room for new flows; 4,096 of 131,072 entries now (3%)',
    });
  });

  it('is unknown, not passing, when the counters could not be read', () => {
    expect(rule.evaluate(aNodeWithout('counters'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['counters'],
    });
  });
});
