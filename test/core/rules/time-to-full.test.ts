import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { remedies } from '../../../lib/core/remedies/index.js';
import { timeToFull as rule } from '../../../lib/core/rules/time-to-full.js';
import type { NodeFacts, UsageAt } from '../../../lib/core/node/snapshot.js';
import { weigh } from '../../../lib/core/judge/weigh.js';
import { aCase } from '../../support/a-case.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const MAX = 100_000;
const HOUR = 3_600;

/** Audits an hour apart, or so many, the last one now. */
const audits = (entries: readonly number[], hours = 1, max = MAX): UsageAt[] =>
  entries.map((one, at) => ({
    secondsAgo: (entries.length - 1 - at) * hours * HOUR,
    entries: one,
    max,
  }));

/** The facts of a node whose audits these are. */
function after(trend: readonly UsageAt[], different: NodeFacts = {}): NodeFacts {
  const { entries = 0, max = MAX } = trend.at(-1) ?? {};
  const { facts } = aNode({ table: { entries, max }, trend });
  return { ...facts, ...different };
}

function say(facts: NodeFacts) {
  const verdict = rule.evaluate({ facts }, policy);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

/** So many audits a day apart at most, that rise to 40,000 and would be full after so many hours. */
function fullIn(hours: number, points = 5, apart = 4): NodeFacts {
  const perAudit = (60_000 / hours) * apart;
  const rise = Array.from({ length: points }, (_, at) => 40_000 - (points - 1 - at) * perAudit);
  return after(audits(rise, apart));
}

describe('time-to-full', () => {
  it.each([
    { hours: 5.9, said: 'warning' },
    { hours: 6, said: 'warning' },
    { hours: 6.1, said: 'notice' },
    { hours: 24, said: 'notice' },
    { hours: 24.1, said: 'pass' },
  ])('says $said of a table that is full in $hours hours', ({ hours, said }) => {
    expect(say(fullIn(hours))).toBe(said);
  });

  it.each([
    { hours: 3.99, said: 'warning' },
    { hours: 4.01, said: 'pass' },
  ])('looks twice as far ahead as back: 2 hours back, and $hours ahead', ({ hours, said }) => {
    expect(say(fullIn(hours, 3, 1))).toBe(said);
  });

  it.each([
    { last: 74_999, said: 'warning' },
    { last: 75_000, said: 'pass' },
  ])('leaves $last of 100,000 that rise to table-pressure: $said', ({ last, said }) => {
    expect(say(after(audits([last - 20_000, last - 10_000, last])))).toBe(said);
  });

  it.each([
    { last: 29_999, said: 'pass' },
    { last: 30_000, said: 'notice' },
  ])('says $said of $last of 100,000, however steep', ({ last, said }) => {
    expect(say(after(audits([0, 0, 0, last + 10_000, last])))).toBe(said);
  });

  it.each([
    { rise: [60_000], said: 'pass' },
    { rise: [50_000, 60_000], said: 'pass' },
    { rise: [40_000, 50_000, 60_000], said: 'warning' },
  ])('says $said of the audits $rise: one or two points are no line', ({ rise, said }) => {
    expect(say(after(audits(rise)))).toBe(said);
  });

  it('never fires of what happened within the probe alone', () => {
    const churn = { seconds: 2, entries: 9_000, counters: {} };
    expect(say(after(audits([60_000, 60_000, 60_000]), { churn }))).toBe('pass');
    expect(say(after(audits([60_000]), { churn }))).toBe('pass');
  });

  it.each([
    { rise: [60_000, 60_000, 60_000], about: 'is level' },
    { rise: [64_000, 62_000, 60_000], about: 'falls' },
  ])('passes a table that $about', ({ rise }) => {
    expect(say(after(audits(rise)))).toBe('pass');
  });

  it.each([
    { before: 50_000, said: 'notice' },
    { before: 50_001, said: 'pass' },
  ])('begins anew after a fall of more than a tenth: from $before', ({ before, said }) => {
    expect(say(after(audits([20_000, before, 40_000, 60_000], 2)))).toBe(said);
  });

  it('judges a rise by the audits after a fall, and tells that there was one', () => {
    const facts = after(audits([71_000, 70_000, 24_000, 36_000, 48_000, 60_000], 4));
    expect(rule.evaluate({ facts }, policy)).toMatchObject({
      severity: 'notice',
      summary:
        'at this rate the table is full in about 13 hours: 60,000 entries now, 3,000 more each hour over the last 4 audits (steady)',
      why: expect.stringMatching(/; it held 70,000 entries 16 hours ago and fell again$/) as string,
    });
  });

  it.each([
    { before: 59_999, told: false },
    { before: 60_000, told: true },
  ])('tells of $before entries before a fall to fewer than 60,000: $told', ({ before, told }) => {
    const facts = after(audits([before, 24_000, 36_000, 48_000, 60_000], 4));
    expect(JSON.stringify(rule.evaluate({ facts }, policy)).includes('fell again')).toBe(told);
  });

  it('goes by the last fall of several', () => {
    const trend = audits([70_000, 20_000, 65_000, 40_000, 50_000, 60_000]);
    expect(rule.evaluate({ facts: after(trend) }, policy)).toMatchObject({
      summary: expect.stringContaining('10,000 more each hour over the last 3 audits') as string,
      why: expect.stringContaining('it held 65,000 entries 3 hours ago') as string,
    });
  });

  it('begins anew where the limit was another one', () => {
    const old = audits([20_000, 30_000], 1, 50_000).map((one) => ({
      ...one,
      secondsAgo: one.secondsAgo + 3 * HOUR,
    }));
    expect(say(after([...old, ...audits([50_000, 60_000])]))).toBe('pass');
    expect(say(after([...old, ...audits([40_000, 50_000, 60_000])]))).toBe('warning');
  });

  it('shows how long, how many, how fast, from how much, and where the limit comes from', () => {
    const rise = audits([20_500, 28_400, 36_300, 44_200, 52_100, 60_000], 1, 131_072);
    expect(rule.evaluate({ facts: after(rise) }, policy)).toEqual({
      verdict: 'finding',
      severity: 'notice',
      summary:
        'at this rate the table is full in about 9 hours: 60,000 entries now, 7,900 more each hour over the last 6 audits (steady)',
      measures: {
        entries: 60_000,
        max: 131_072,
        usage: 60_000 / 131_072,
        secondsToFull: expect.closeTo((71_072 / 7_900) * HOUR) as number,
        entriesPerHour: 7_900,
      },
      why: expect.stringContaining('131,072') as string,
    });
  });

  it.each([
    { minutes: 0.4, said: 'about 1 minute:' },
    { minutes: 119, said: 'about 119 minutes:' },
    { minutes: 120, said: 'about 2 hours:' },
  ])('says $said of a table that is full in $minutes minutes', ({ minutes, said }) => {
    const facts = fullIn(minutes / 60, 3, minutes / 120);
    expect(rule.evaluate({ facts }, policy)).toMatchObject({
      summary: expect.stringContaining(`full in ${said}`) as string,
    });
  });

  it('tells a rate by two digits, as more of them would pretend', () => {
    expect(rule.evaluate({ facts: after(audits([39_999, 52_345, 64_567])) }, policy)).toMatchObject(
      { summary: expect.stringContaining(', 12,000 more each hour') as string },
    );
  });

  /** Four audits that rise by 5,000 an hour to 74,000, each so many away from the line. */
  const around = (away: number) =>
    after(audits([-15_000, -10_000 - 2 * away, -5_000 - 2 * away, 0].map((one) => 74_000 + one)));

  it.each([
    { away: 1_863, said: '(steady)' },
    { away: 1_864, said: '(uneven: a guess)' },
    { away: 5_590, said: '(uneven: a guess)' },
  ])('says $said of audits that are $away entries off the line', ({ away, said }) => {
    expect(rule.evaluate({ facts: around(away) }, policy)).toMatchObject({
      summary: expect.stringContaining(`over the last 4 audits ${said}`) as string,
    });
  });

  it('sees no line in audits that are farther off than the line explains', () => {
    expect(say(around(5_591))).toBe('pass');
  });

  it('calls three audits a guess, however straight', () => {
    expect(rule.evaluate({ facts: after(audits([40_000, 50_000, 60_000])) }, policy)).toMatchObject(
      {
        summary: expect.stringMatching(/over the last 3 audits \(few audits: a guess\)$/) as string,
      },
    );
  });

  it.each([
    { entries: -1, said: '(steady); against it, 1 fewer within 2 s' },
    { entries: 0, said: '(steady)' },
    { entries: 9, said: '(steady)' },
  ])('says where the probe saw the opposite: $entries', ({ entries, said }) => {
    const churn = { seconds: 2, entries, counters: {} };
    const facts = after(audits([30_000, 40_000, 50_000, 60_000]), { churn });
    expect(rule.evaluate({ facts }, policy)).toMatchObject({
      severity: 'warning',
      summary: `at this rate the table is full in about 4 hours: 60,000 entries now, 10,000 more each hour over the last 4 audits ${said}`,
    });
  });

  it('gives no reason where it knows none', () => {
    const trend = audits([40_000, 50_000, 60_000]);
    const table = { entries: 60_000, max: MAX };
    expect(Object.keys(rule.evaluate({ facts: { table, trend } }, policy))).toEqual([
      'verdict',
      'severity',
      'summary',
      'measures',
    ]);
  });

  it('is answered by what gives room or takes entries away, and by what only seems to', () => {
    const weighed = weigh(aCase({ facts: fullIn(5) }, { rule: 'time-to-full' }), remedies);
    expect(weighed[0]).toMatchObject({ id: 'raise-limit', helps: true });
    expect(weighed.filter(({ helps }) => helps === false).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['spread-workload', 'dns-over-tcp']),
    );
  });

  it('passes a node that no audit saw before', () => {
    const { facts } = aNode({ table: { entries: 60_000, max: MAX } });
    expect(say(facts)).toBe('pass');
    expect(say({ ...facts, trend: [] })).toBe('pass');
  });

  it('is unknown, not passing, when the table could not be read', () => {
    const { facts } = aNodeWithout('table');
    const trend = audits([40_000, 50_000, 60_000]);
    expect(rule.evaluate({ facts: { ...facts, trend } }, policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
