import { describe, expect, it } from 'vitest';
import { checkNodeTagKeys } from '../../lib/constructs/node-tag-keys.js';

describe('node tag keys', () => {
  it('are taken as they are', () => {
    const keys = ['aws:eks:cluster-name', 'kubernetes.io/cluster/a_b', 'k'.repeat(128)];
    expect(checkNodeTagKeys(keys)).toEqual(keys);
  });

  it.each([
    [[], 'at least one tag key, got []'],
    [[''], "got ''"],
    [['k'.repeat(129)], '1 to 128'],
    [['eks:*'], "got 'eks:*'"],
    [['a', 'b', 'a'], 'each key once, got ["a","b","a"]'],
  ])('fails when they are %j', (keys, message) => {
    expect(() => checkNodeTagKeys(keys)).toThrow(message);
  });
});
