import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { insertRaces as rule } from '../../../lib/core/rules/insert-races.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNodeWithout } from '../../support/a-node.js';

const grownBy = (counters: Record<string, number>): NodeFacts => ({
  churn: { seconds: 2, entries: 0, counters },
});

/** Of a node whose entries were not listed, unless they are given. */
const evaluate = (different: NodeFacts) => {
  const { facts } = aNodeWithout('makeup');
  return rule.evaluate({ facts: { ...facts, ...different } }, policy);
};

const racing = grownBy({ drop: 12, insert_failed: 12 });

describe('insert-races', () => {
  it.each([
    { drop: 99, insert_failed: 100, said: 'pass' },
    { drop: 100, insert_failed: 99, said: 'pass' },
    { drop: 100, insert_failed: 100, said: 'notice' },
    { drop: 200, insert_failed: 100, said: 'notice' },
    { drop: 201, insert_failed: 100, said: 'pass' },
    { drop: 100, insert_failed: 200, said: 'notice' },
    { drop: 100, insert_failed: 201, said: 'pass' },
    { drop: 0, insert_failed: 500, said: 'pass' },
    { drop: 500, insert_failed: 0, said: 'pass' },
    { drop: 100, insert_failed: 200, chainlength: 101, said: 'pass' },
  ])('says $said of $drop drops and $insert_failed failed inserts since boot', (ever) => {
    const { said, ...counters } = ever;
    const verdict = evaluate({ counters });
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it.each([
    { drop: 1, insert_failed: 1, said: 'warning' },
    { drop: 1, insert_failed: 0, said: 'pass' },
    { drop: 0, insert_failed: 1, said: 'pass' },
    { drop: 1_000, insert_failed: 1, said: 'pass' },
  ])('says $said of $drop and $insert_failed within the probe', ({ said, ...grown }) => {
    const verdict = evaluate(grownBy(grown));
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was lost while the probe ran, and what there is to suspect', () => {
    const facts = { ...racing, counters: { drop: 9, insert_failed: 9, clashres: 1_204 } };
    const table = { entries: 1_000, max: 131_072 };
    expect(evaluate({ ...facts, table, makeup: aMakeup() })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'about 12 packets within 2 s lost a race for an entry: drop and insert_failed grew together',
      measures: {
        entries: 1_000,
        max: 131_072,
        usage: 1_000 / 131_072,
        racesLost: 12,
        windowSeconds: 2,
        udpDnsShare: 0.1,
      },
      why: 'Linux 6.1.141-155.222.amzn2023.x86_64 settles most races without a loss (1,204 since boot), and could not settle these; DNS over UDP holds 10% of the table',
    });
  });

  it('says that what it saw was since boot where nothing grew', () => {
    const counters = { drop: 4_210, insert_failed: 4_180 };
    expect(evaluate({ counters })).toEqual({
      verdict: 'finding',
      severity: 'notice',
      summary:
        'about 4,180 packets lost a race for an entry since boot 10 days ago: drop is at 4,210 and insert_failed at 4,180',
      measures: { entries: 4_096, max: 131_072, usage: 0.03125, racesLost: 4_180 },
      why: 'Linux 6.1.141-155.222.amzn2023.x86_64 settles most races without a loss (0 since boot), and could not settle these',
    });
  });

  const since = (counters: Record<string, number>): NodeFacts => ({
    growth: { seconds: 21_600, counters, exceeded: {} },
  });

  it.each([
    { drop: 0, insert_failed: 0, said: 'pass' },
    { drop: 9, insert_failed: 10, said: 'pass' },
    { drop: 10, insert_failed: 10, said: 'warning' },
    { drop: 21, insert_failed: 10, said: 'pass' },
    { drop: 10, insert_failed: 11, chainlength: 2, said: 'pass' },
  ])('says $said of $drop and $insert_failed since the last audit', ({ said, ...grown }) => {
    const counters = { drop: 4_210, insert_failed: 4_180 };
    const verdict = evaluate({ counters, ...since(grown) });
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was lost between the audits, and since', () => {
    expect(evaluate({ ...racing, ...since({ drop: 500, insert_failed: 500 }) })).toMatchObject({
      severity: 'warning',
      summary:
        'about 500 packets since the last audit 6 hours ago and 12 more within 2 s lost a race for an entry: drop and insert_failed grew together',
    });
  });

  it('judges what races within the probe where nothing was lost between the audits', () => {
    expect(evaluate({ ...racing, ...since({ drop: 0, insert_failed: 0 }) })).toMatchObject({
      summary: expect.stringContaining('about 12 packets within 2 s lost') as string,
    });
  });

  it('judges what was since boot where there was no second reading', () => {
    const { facts } = aNodeWithout('churn', 'makeup');
    const counters = { drop: 100, insert_failed: 100 };
    expect(rule.evaluate({ facts: { ...facts, counters } }, policy)).toMatchObject({
      severity: 'notice',
    });
  });

  const lost = 'before Linux 5.10 the later of two lookups from one socket is often lost';
  it.each([
    { kernel: '4.14.355', why: `${lost}, and this one is 4.14.355` },
    { kernel: '5.9.0', why: `${lost}, and this one is 5.9.0` },
    { kernel: 'custom', why: lost },
    {
      kernel: '5.10.245',
      why: 'Linux 5.10.245 settles most races without a loss (0 since boot), and could not settle these',
    },
  ])('tells what kernel $kernel does about races', ({ kernel, why }) => {
    expect(evaluate({ ...racing, kernel })).toMatchObject({ why });
  });

  it('tells what kernels do where this one is not known', () => {
    const { facts } = aNodeWithout('kernel', 'makeup');
    expect(rule.evaluate({ facts: { ...facts, ...racing } }, policy)).toMatchObject({ why: lost });
  });

  it('is unknown, not passing, when the counters could not be read', () => {
    expect(rule.evaluate(aNodeWithout('counters'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['counters'],
    });
  });
});
