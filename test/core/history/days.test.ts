import { describe, expect, it } from 'vitest';
import { isWithin, lastDays } from '../../../lib/core/history/days.js';

describe('the last days of a history', () => {
  it.each([
    [1, '2026-03-02'],
    [2, '2026-03-01'],
    [3, '2026-02-28'],
    [7, '2026-02-24'],
    [366, '2025-03-02'],
  ])('of %i days, the newest among them, begin with %s', (days, from) => {
    const held = ['2026-03-02', '2026-01-01', '2026-02-01'];
    expect(lastDays(held, days)).toEqual({ from, to: '2026-03-02' });
  });

  it('are none where none is held', () => {
    expect(lastDays([], 7)).toBeUndefined();
  });

  it.each([
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-03-02', true],
    ['2026-03-03', false],
  ])('hold %s: %s', (day, held) => {
    expect(isWithin(day, { from: '2026-02-24', to: '2026-03-02' })).toBe(held);
  });
});
