import { describe, expect, it } from 'vitest';
import { bytes, count, percent, plural } from '../../../lib/core/text/format.js';

describe('format', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [131_072, '131,072'],
    [3_145_728, '3,145,728'],
    [-1_500, '-1,500'],
  ])('counts %d as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it.each([
    [0, '0%'],
    [0.0001, '<1%'],
    [0.005, '1%'],
    [0.915, '92%'],
    [0.994, '99%'],
    [0.995, '99%'],
    [0.999_999, '99%'],
    [1, '100%'],
    [1.27, '127%'],
    [20, '2,000%'],
  ])('says %d of a share as %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    [0, '0 MiB'],
    [524_288, '0.5 MiB'],
    [32 * 1_048_576, '32 MiB'],
    [1_023 * 1_048_576, '1,023 MiB'],
    [1_023.6 * 1_048_576, '1 GiB'],
    [1_024 * 1_048_576, '1 GiB'],
    [16_384 * 1_048_576 * 0.93, '14.9 GiB'],
    [12_288 * 1_073_741_824, '12,288 GiB'],
  ])('says %d bytes as %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it('makes the plural of all amounts but one', () => {
    expect([0, 1, 2, 1_263].map((amount) => plural(amount, 'node'))).toEqual([
      '0 nodes',
      '1 node',
      '2 nodes',
      '1,263 nodes',
    ]);
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
    expect(plural(1, 'entry', 'entries')).toBe('1 entry');
  });
});
