import { describe, expect, it } from 'vitest';
import { goSeconds } from '../../../../lib/core/node/parse/go-duration.js';

describe('goSeconds', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['60s', 60],
    ['1h0m0s', 3_600],
    ['1.5h', 5_400],
    ['999ms', 0],
    ['1000ms', 1],
  ])('reads %j as %d', (text, seconds) => {
    expect(goSeconds(text)).toBe(seconds);
  });

  it.each(['', '60', '-1s', '1d', '1h 1m', 's', '1e3s', '9999999999s', 60, null])(
    'reads nothing from %j',
    (value) => {
      expect(goSeconds(value)).toBeUndefined();
    },
  );
});
