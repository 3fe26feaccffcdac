import { describe, expect, it } from 'vitest';
import { near } from '../../../lib/core/text/near.js';

describe('near', () => {
  it.each([
    ['abcdef', ['abcdef']],
    ['ABCDEF', ['abcdef']],
    ['abcxyz', ['abcdef']],
    ['abwxyz', []],
    ['abcd', ['abcdef']],
    ['abc', []],
  ])(
    'of %s finds names with up to three wrong characters, and half of its own',
    (mistyped, found) => {
      expect(near(mistyped, ['abcdef'])).toEqual(found);
    },
  );

  it('takes no account of case on either side', () => {
    expect(near('warningusage', ['warningUsage', 'targetUsage'])).toEqual(['warningUsage']);
  });

  it('names three at most, the closest first', () => {
    expect(near('aaaa', ['aabb', 'aaab', 'aacc', 'aaaa'])).toEqual(['aaaa', 'aaab', 'aabb']);
  });
});
