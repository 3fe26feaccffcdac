import { describe, expect, it } from 'vitest';
import { groupBy, groupByParts } from '../../../lib/core/text/group-by.js';

const words = ['pear', 'plum', 'apple', 'peach', 'apricot'];

describe('groupBy', () => {
  it('keeps groups and their items in the order in which they come', () => {
    expect([...groupBy(words, (word) => word.charAt(0))]).toEqual([
      ['p', ['pear', 'plum', 'peach']],
      ['a', ['apple', 'apricot']],
    ]);
  });
});

describe('groupByParts', () => {
  it('puts together what has all parts in common', () => {
    expect(groupByParts(words, (word) => [word.charAt(0), word.length])).toEqual([
      ['pear', 'plum'],
      ['apple'],
      ['peach'],
      ['apricot'],
    ]);
  });

  it('keeps groups apart whose parts begin alike', () => {
    expect(groupByParts([1, 2, 3], (at) => ['a', 'b'].slice(0, at))).toEqual([[1], [2, 3]]);
  });
});
