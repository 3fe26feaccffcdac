import { describe, expect, it } from 'vitest';
import { isSpan, secondsOf } from '../../../lib/core/text/span.js';

describe('a time', () => {
  it.each([
    ['1m', 60],
    ['30m', 1_800],
    ['6h', 21_600],
    ['2d', 172_800],
    ['999999999d', 86_399_999_913_600],
  ] as const)('of %s is %d seconds', (text, seconds) => {
    expect(isSpan(text)).toBe(true);
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['', '6', 'h', '0h', '06h', '-6h', '1.5h', '6 h', '6H', '6hours', '6h\n', '1000000000m'])(
    'is not %j',
    (text) => {
      expect(isSpan(text)).toBe(false);
    },
  );
});
