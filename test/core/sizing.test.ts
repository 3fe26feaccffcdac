import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../lib/core/policy.js';
import { bytesPerEntry, peakEntries, wantedLimit } from '../../lib/core/sizing.js';

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

  it('is not known without a table', () => {
    expect(peakEntries({ tableFull: { lines: 1 } }, policy)).toBeUndefined();
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
});
