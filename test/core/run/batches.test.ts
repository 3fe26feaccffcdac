import { describe, expect, it } from 'vitest';
import { batches } from '../../../lib/core/run/batches.js';

describe('batches', () => {
  it.each([
    { items: 0, sizes: [] },
    { items: 1, sizes: [1] },
    { items: 50, sizes: [50] },
    { items: 51, sizes: [50, 1] },
  ])('cuts $items items into $sizes', ({ items, sizes }) => {
    const cut = batches(Array.from({ length: items }, (_, at) => at));
    expect(cut.map(({ length }) => length)).toEqual(sizes);
    expect(cut.flat()).toHaveLength(items);
  });
});
