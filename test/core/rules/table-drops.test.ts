import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { tableDrops as rule } from '../../../lib/core/rules/table-drops.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

/** What the host counts where its own table evicted entries. */
const counters = { drop: 0, early_drop: 40, insert_failed: 0 };

describe('table-drops', () => {
  it.each([
    { tableFull: { lines: 0 }, said: 'pass' },
    { tableFull: { lines: 1, secondsAgo: policy.recentSeconds }, said: 'critical' },
    { tableFull: { lines: 1, secondsAgo: policy.recentSeconds + 1 }, said: 'pass' },
    { tableFull: { lines: 1 }, said: 'critical' },
  ])('says $said of the kernel log $tableFull', ({ tableFull, said }) => {
    const verdict = rule.evaluate(aNode({ tableFull, counters }), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows how often and when, beside how full the table is now', () => {
    const tableFull = { lines: 37, secondsAgo: 1_260 };
    expect(rule.evaluate(aNode({ tableFull, counters }), policy)).toMatchObject({
      summary:
        'the kernel logged "table full, dropping packet" 37 times, last 21 minutes ago; 4,096 of 131,072 entries now',
    });
  });

  it('says that it does not know when, where the log carries no time', () => {
    expect(rule.evaluate(aNode({ tableFull: { lines: 1 }, counters }), policy)).toMatchObject({
      summary: expect.stringContaining('1 time, last at an unknown time since boot') as string,
    });
  });

  it('judges the log even where the table could not be read', () => {
    const { facts } = aNodeWithout('table');
    const verdict = rule.evaluate({ facts: { ...facts, tableFull: { lines: 2 } } }, policy);
    expect(verdict.verdict).toBe('finding');
  });

  it.each([
    { grown: {}, said: 'pass' },
    { grown: { drop: 0, early_drop: 9 }, said: 'pass' },
    { grown: { drop: 1 }, said: 'critical' },
    { grown: { drop: 5, insert_failed: 5 }, said: 'pass' },
    { grown: { drop: 6, insert_failed: 5 }, said: 'critical' },
    { grown: { insert_failed: 9, chainlength: 9 }, said: 'pass' },
  ])('says $said of growth by $grown, though the log could not be read', ({ grown, said }) => {
    const { facts } = aNodeWithout('tableFull');
    const churn = { seconds: 2, entries: 0, counters: grown };
    const verdict = rule.evaluate({ facts: { ...facts, churn } }, policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was dropped while the probe ran, and in all', () => {
    const facts = {
      churn: { seconds: 2.1, entries: 0, counters: { drop: 412, insert_failed: 2 } },
      counters: { drop: 90_003, insert_failed: 3 },
      table: { entries: 131_072, max: 131_072 },
    };
    expect(rule.evaluate(aNode(facts), policy)).toEqual({
      verdict: 'finding',
      severity: 'critical',
      summary:
        'the kernel dropped 410 packets of new flows within 2 s; 131,072 of 131,072 entries now',
      measures: {
        entries: 131_072,
        max: 131_072,
        usage: 1,
        dropped: 410,
        windowSeconds: 2.1,
        tableFullLines: 0,
      },
      why: expect.stringMatching(
        /131,072.*; 90,000 packets of new flows dropped since boot 10 days ago \(drop without insert_failed\)$/,
      ) as string,
    });
  });

  it('shows the log and the growth side by side', () => {
    const facts = {
      tableFull: { lines: 2, secondsAgo: 1 },
      churn: { seconds: 2, entries: 0, counters: { drop: 1 } },
    };
    expect(rule.evaluate(aNode(facts), policy)).toMatchObject({
      summary:
        'the kernel logged "table full, dropping packet" 2 times, last less than a minute ago, and dropped 1 packet of new flows within 2 s; 4,096 of 131,072 entries now',
      why: expect.not.stringContaining('since boot') as string,
    });
  });

  it('warns of drops since boot at first sight of a node, as nothing tells when they were', () => {
    const facts = { counters: { drop: 90_003, insert_failed: 3, early_drop: 12 } };
    expect(rule.evaluate(aNode(facts), policy)).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'the kernel dropped 90,000 packets of new flows since boot 10 days ago for want of room; when is not known at first sight of a node',
      measures: {
        entries: 4_096,
        max: 131_072,
        usage: 0.03125,
        dropped: 90_000,
        tableFullLines: 0,
      },
    });
    const growth = since({});
    expect(rule.evaluate(aNode({ ...facts, growth }), policy).verdict).toBe('pass');
  });

  describe('of a log that contradicts the host', () => {
    const tableFull = { lines: 3, secondsAgo: 60 };
    const say = (facts: NodeFacts) => {
      const verdict = rule.evaluate(aNode({ tableFull, ...facts }), policy);
      return verdict.verdict === 'finding' ? [verdict.severity, verdict.cause] : [verdict.verdict];
    };

    it.each<[NodeFacts, (string | undefined)[]]>([
      [{ counters: { drop: 0, early_drop: 0 } }, ['notice', 'another-namespace']],
      [{ counters: { drop: 0, early_drop: 1 } }, ['critical', undefined]],
      [{ counters: { drop: 1, early_drop: 0 } }, ['critical', undefined]],
      [{ counters: { early_drop: 0 } }, ['critical', undefined]],
      [
        { counters: { drop: 0, early_drop: 0 }, tableFull: { ...tableFull, named: 1 } },
        ['critical', undefined],
      ],
      [
        { counters: { drop: 0, early_drop: 0 }, tableFull: { lines: 3, secondsAgo: 999_999 } },
        ['pass'],
      ],
    ])('says of %j: %j', (facts, said) => {
      expect(say(facts)).toEqual(said);
    });

    it('says that another table was full', () => {
      const facts = { tableFull, counters: { drop: 0, early_drop: 0 } };
      expect(rule.evaluate(aNode(facts), policy)).toMatchObject({
        summary:
          'the kernel logged "table full, dropping packet" 3 times, last 1 minute ago, and this host\'s own table refused and evicted nothing since boot: the table of another network namespace was full, such as a pod\'s',
      });
    });
  });

  it('gives no reason where it knows none', () => {
    expect(rule.evaluate({ facts: { tableFull: { lines: 1, secondsAgo: 1 } } }, policy)).toEqual({
      verdict: 'finding',
      severity: 'critical',
      summary:
        'the kernel logged "table full, dropping packet" 1 time, last less than a minute ago',
      measures: { tableFullLines: 1, secondsAgo: 1 },
    });
  });

  it('is unknown, not passing, where neither the log nor two readings tell', () => {
    expect(rule.evaluate(aNodeWithout('tableFull', 'churn'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['tableFull', 'churn', 'growth'],
    });
  });

  it('takes no growth for none where the counters themselves could not be read', () => {
    const { facts } = aNodeWithout('tableFull', 'counters');
    const churn = { seconds: 2, entries: 5, counters: {} };
    expect(rule.evaluate({ facts: { ...facts, churn } }, policy)).toEqual({
      verdict: 'unknown',
      missing: ['tableFull', 'counters', 'growth'],
    });
  });

  const SIX_HOURS = 21_600;
  const since = (counters: Record<string, number>) => ({
    seconds: SIX_HOURS,
    counters: { drop: 0, ...counters },
    exceeded: {},
  });

  it.each([
    { tableFull: { lines: 1, secondsAgo: SIX_HOURS }, said: 'critical' },
    { tableFull: { lines: 1, secondsAgo: SIX_HOURS + 1 }, said: 'pass' },
    { tableFull: { lines: 1 }, said: 'pass' },
  ])('says $said of the log $tableFull six hours after an audit', ({ tableFull, said }) => {
    const verdict = rule.evaluate(aNode({ tableFull, counters, growth: since({}) }), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('looks back to the last audit, also where that is longer ago than the policy looks', () => {
    const seconds = policy.recentSeconds * 3;
    const tableFull = { lines: 1, secondsAgo: policy.recentSeconds * 2 };
    const growth = { ...since({}), seconds };
    expect(rule.evaluate(aNode({ tableFull, counters, growth }), policy).verdict).toBe('finding');
  });

  it('counts a line without a time where the last audit could not read the counter that dates it', () => {
    const growth = { seconds: SIX_HOURS, counters: { early_drop: 0 }, exceeded: {} };
    const verdict = rule.evaluate(aNode({ tableFull: { lines: 1 }, counters, growth }), policy);
    expect(verdict.verdict).toBe('finding');
  });

  it.each([
    { grown: {}, said: 'pass' },
    { grown: { drop: 1 }, said: 'critical' },
    { grown: { drop: 5, insert_failed: 5 }, said: 'pass' },
    { grown: { drop: 6, insert_failed: 5 }, said: 'critical' },
    { grown: { drop: 5, insert_failed: 5, chainlength: 1 }, said: 'critical' },
  ])('says $said of growth by $grown since the last audit', ({ grown, said }) => {
    const { facts } = aNodeWithout('tableFull', 'churn');
    const verdict = rule.evaluate({ facts: { ...facts, growth: since(grown) } }, policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows a burst between two audits, what drops now, and nothing that is since boot', () => {
    const facts = {
      tableFull: { lines: 2, secondsAgo: 1 },
      growth: since({ drop: 9_410, insert_failed: 10 }),
      churn: { seconds: 2, entries: 0, counters: { drop: 12 } },
      counters: { drop: 90_003 },
    };
    expect(rule.evaluate(aNode(facts), policy)).toMatchObject({
      severity: 'critical',
      summary:
        'the kernel logged "table full, dropping packet" 2 times, last less than a minute ago, and dropped 9,400 packets of new flows since the last audit 6 hours ago and 12 more within 2 s; 4,096 of 131,072 entries now',
      why: expect.not.stringContaining('since boot') as string,
    });
  });

  it('still sees what drops within the probe where nothing was dropped between the audits', () => {
    const churn = { seconds: 2, entries: 0, counters: { drop: 1 } };
    expect(rule.evaluate(aNode({ churn, growth: since({}) }), policy)).toMatchObject({
      summary: 'the kernel dropped 1 packet of new flows within 2 s; 4,096 of 131,072 entries now',
    });
  });
});
