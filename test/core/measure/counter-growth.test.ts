import { describe, expect, it } from 'vitest';
import { grownBy, grownText, hasGrown } from '../../../lib/core/measure/counter-growth.js';

const growth = { seconds: 21_600, counters: { drop: 7 }, exceeded: {} };
const churn = { seconds: 2, entries: 0, counters: { drop: 3 } };
const packets = (amount: number) => `${amount} packets`;

describe('grownBy', () => {
  it('tells what a column grew by between audits and within the probe', () => {
    expect(grownBy({ growth, churn }, 'drop')).toEqual({ between: 7, now: 3 });
  });

  it('knows no growth between audits of a column that was not read, or at first sight', () => {
    expect(grownBy({ growth, churn }, 'early_drop')).toEqual({ now: 0 });
    expect(grownBy({ churn }, 'drop')).toEqual({ now: 3 });
    expect(grownBy({ growth }, 'drop')).toEqual({ between: 7, now: 0 });
  });

  it('asks what the counters say together, where one column does not tell it', () => {
    const twice = ({ drop = 0 }: Readonly<Record<string, number>>) => 2 * drop;
    expect(grownBy({ growth, churn }, 'drop', twice)).toEqual({ between: 14, now: 6 });
  });
});

describe('hasGrown', () => {
  it.each([
    { grown: { now: 0 }, said: false },
    { grown: { between: 0, now: 0 }, said: false },
    { grown: { between: 1, now: 0 }, said: true },
    { grown: { between: 0, now: 1 }, said: true },
  ])('says $said of $grown', ({ grown, said }) => {
    expect(hasGrown(grown)).toBe(said);
  });
});

describe('grownText', () => {
  it.each([
    { grown: { between: 7, now: 0 }, said: '7 packets since the last audit 6 hours ago' },
    { grown: { between: 0, now: 3 }, said: '3 packets within 2 s' },
    {
      grown: { between: 7, now: 3_000 },
      said: '7 packets since the last audit 6 hours ago and 3,000 more within 2 s',
    },
  ])('says $said', ({ grown, said }) => {
    expect(grownText(grown, packets, { growth, churn })).toBe(said);
  });

  it('names no time that was not measured', () => {
    expect(grownText({ now: 3 }, packets, {})).toBe('3 packets while the probe ran');
  });
});
