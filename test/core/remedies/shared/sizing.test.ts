import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../../lib/core/judge/policy.js';
import {
  asItIs,
  bytesPerEntry,
  peakEntries,
  usageOnce,
  wantedLimit,
} from '../../../../lib/core/remedies/shared/sizing.js';

const table = { entries: 10, max: 100 };

describe('peakEntries', () => {
  it('is what is in the table', () => {
    expect(peakEntries({ table }, policy)).toBe(10);
  });

  it('is at least the limit where the table was full of late', () => {
    const full = (secondsAgo: number) => ({ table, tableFull: { lines: 1, secondsAgo } });
    expect(peakEntries(full(policy.recentSeconds), policy)).toBe(100);
    expect(peakEntries(full(policy.recentSeconds + 1), policy)).toBe(10);
    expect(peakEntries({ table, tableFull: { lines: 1 } }, policy)).toBe(100);
    expect(peakEntries({ table, tableFull: { lines: 0 } }, policy)).toBe(10);
  });

  it('takes no log of another network namespace for its own', () => {
    const counted = (early_drop: number) => ({
      table,
      tableFull: { lines: 1, secondsAgo: 1 },
      counters: { drop: 0, early_drop },
    });
    expect(peakEntries(counted(0), policy)).toBe(10);
    expect(peakEntries(counted(1), policy)).toBe(100);
  });

  it.each([
    { counters: { drop: 1 }, peak: 100 },
    { counters: { drop: 1, insert_failed: 1 }, peak: 10 },
    { counters: { drop: 2, insert_failed: 1 }, peak: 100 },
    { counters: { drop: 0, insert_failed: 0, early_drop: 0 }, peak: 10 },
    { counters: { early_drop: 1 }, peak: 100 },
    { counters: { insert_failed: 1 }, peak: 10 },
  ])('is $peak where $counters is what grew while the probe ran', ({ counters, peak }) => {
    expect(peakEntries({ table, churn: { seconds: 2, entries: 0, counters } }, policy)).toBe(peak);
    const growth = { seconds: 21_600, counters, exceeded: {} };
    expect(peakEntries({ table, growth }, policy)).toBe(peak);
  });

  it('is what is in the table where that is above a limit that was lowered', () => {
    const drained = { table: { entries: 120, max: 100 }, tableFull: { lines: 1, secondsAgo: 1 } };
    expect(peakEntries(drained, policy)).toBe(120);
  });

  it('is not known without a table', () => {
    expect(peakEntries({ tableFull: { lines: 1 } }, policy)).toBeUndefined();
  });
});

describe('asItIs', () => {
  it('is the limit, and what the peak uses of it', () => {
    expect(asItIs({ table }, policy)).toEqual({ limit: 100, usage: 0.1 });
    expect(asItIs({ table, tableFull: { lines: 1 } }, policy)).toEqual({
      limit: 100,
      usage: 1,
      bound: 'at least',
    });
    const above = { table: { entries: 102, max: 100 } };
    expect(asItIs(above, policy)).toEqual({ limit: 100, usage: 1 });
    expect(asItIs({}, policy)).toEqual({});
  });
});

describe('usageOnce', () => {
  const half = { table: { entries: 50, max: 100 } };

  it.each([
    { factor: 0, usage: 0.3, usageMargin: 0.005 },
    { factor: 0.2, usage: 0.34, usageMargin: 0.004 },
    { factor: 1, usage: 0.5, usageMargin: 0 },
    { factor: 3, usage: 0.9, usageMargin: 0.01 },
    { factor: 4, usage: 1, usageMargin: 0 },
  ])('is $usage ± $usageMargin where 40 % ± 1 % become $factor times as many', (wanted) => {
    const said = usageOnce({ share: 0.4, margin: 0.01 }, wanted.factor, half, policy);
    expect(said.usage).toBeCloseTo(wanted.usage);
    expect(said.usageMargin ?? 0).toBeCloseTo(wanted.usageMargin);
  });

  it('has no margin where the whole table was counted, and takes a share of the peak', () => {
    const full = { ...half, tableFull: { lines: 1 } };
    expect(usageOnce({ share: 0.25, margin: 0 }, 0, full, policy)).toEqual({
      limit: 100,
      usage: 0.75,
      bound: 'at least',
    });
  });

  it.each([
    { lines: 0, bound: undefined, said: { limit: 100, usage: 0.4 } },
    { lines: 0, bound: 'at most', said: { limit: 100, usage: 0.4, bound: 'at most' } },
    { lines: 0, bound: 'at least', said: { limit: 100, usage: 0.4, bound: 'at least' } },
    { lines: 1, bound: undefined, said: { limit: 100, usage: 0.8, bound: 'at least' } },
    { lines: 1, bound: 'at least', said: { limit: 100, usage: 0.8, bound: 'at least' } },
    { lines: 1, bound: 'at most', said: { limit: 100 } },
  ] as const)(
    'claims $said of a share that is $bound, after $lines lines of a full table',
    ({ lines, bound, said }) => {
      const facts = { ...half, tableFull: { lines } };
      const share = { share: 0.2, margin: 0 };
      expect(usageOnce(share, 0, facts, policy, bound)).toEqual(said);
    },
  );

  it.each([
    { share: -0.1, usage: 0.5 },
    { share: 1.1, usage: 0 },
  ])('takes no share of $share for one', ({ share, usage }) => {
    expect(usageOnce({ share, margin: 0 }, 0, half, policy)).toEqual({ limit: 100, usage });
  });

  it('predicts nothing without a table', () => {
    expect(usageOnce({ share: 0.4, margin: 0 }, 0, {}, policy)).toEqual({});
  });
});

describe('wantedLimit', () => {
  it.each([
    { peak: 0, wanted: 1 },
    { peak: 65_536, wanted: 131_072 },
    { peak: 65_537, wanted: 262_144 },
  ])('is $wanted for a peak of $peak', ({ peak, wanted }) => {
    expect(wantedLimit(peak, policy)).toBe(wanted);
  });
});

describe('bytesPerEntry', () => {
  it.each([
    ['5.18.0', 448],
    ['5.19.0', 384],
    ['6.1.141-155.222.amzn2023.x86_64', 384],
    ['5.10.245', 448],
    [undefined, 448],
  ])('is, on kernel %s, %d at most', (kernel, bytes) => {
    expect(bytesPerEntry(kernel)).toBe(bytes);
  });

  it('goes by the slab where that was read, whatever the kernel', () => {
    expect(bytesPerEntry('5.10.245', 256)).toBe(384);
    expect(bytesPerEntry('6.1.141', 320)).toBe(448);
  });
});
