import { describe, expect, it } from 'vitest';
import { shareOf, shareText } from '../../../lib/core/measure/share.js';

const whole = { listed: 1_000, whole: true };
const sample = { listed: 20_000, whole: false };

describe('shareOf', () => {
  it('is exact where the whole table was listed', () => {
    expect(shareOf(250, whole, 1_000)).toEqual({ share: 0.25, margin: 0 });
  });

  it('carries the error of a sample of 20,000 of 250,000', () => {
    const { share = 0, margin = 0 } = shareOf(4_800, sample, 250_000) ?? {};
    expect(share).toBe(0.24);
    // 1.96 x sqrt(0.24 x 0.76 / 20,000 x (1 - 20,000 / 250,000))
    expect(margin).toBeCloseTo(0.005677, 5);
  });

  it('errs less the more of the table was looked at', () => {
    const margin = (entries: number) => shareOf(4_800, sample, entries)?.margin ?? 0;
    expect(margin(25_000)).toBeLessThan(margin(250_000));
    expect(margin(20_000)).toBe(0);
  });

  it.each([0, 20_000])('is not certain of what a sample shows %d times', (part) => {
    const { margin = 0 } = shareOf(part, sample, 250_000) ?? {};
    expect(margin).toBeGreaterThan(0);
    expect(margin).toBeLessThan(0.001);
  });

  it('is nothing where nothing was listed', () => {
    expect(shareOf(0, { listed: 0, whole: true }, 0)).toBeUndefined();
  });
});

describe('shareText', () => {
  it('says the margin where there is one', () => {
    expect(shareText({ share: 0.58, margin: 0.012 })).toBe('58% ± 1%');
    expect(shareText({ share: 0.58, margin: 0.001 })).toBe('58% ± <1%');
    expect(shareText({ share: 0.58, margin: 0 })).toBe('58%');
  });
});
