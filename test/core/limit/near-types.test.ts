import { describe, expect, it } from 'vitest';
import { nearTypes } from '../../../lib/core/limit/near-types.js';

describe('nearTypes', () => {
  it.each([
    ['m5.xlrge', 'm5.xlarge'],
    ['m5.24xlage', 'm5.24xlarge'],
    ['t3.xlarge', 't3.xlarge'],
    ['T3.XLARGE', 't3.xlarge'],
  ])('finds what %s was meant to be', (mistyped, meant) => {
    expect(nearTypes(mistyped)[0]).toBe(meant);
  });

  it('names three at most, the closest first', () => {
    expect(nearTypes('m5.7xlarge')).toHaveLength(3);
    expect(nearTypes('m5.xlarge')[0]).toBe('m5.xlarge');
  });

  it.each(['', 'banana', 'x'.repeat(1_000)])('names none when nothing is near', (mistyped) => {
    expect(nearTypes(mistyped)).toEqual([]);
  });
});
