import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedKey } from '../../../lib/core/text/joined-key.js';

describe('joinedKey', () => {
  it('is the same for the same words', () => {
    expect(joinedKey('a', undefined, 'b')).toBe(joinedKey('a', undefined, 'b'));
  });

  it('is another one for other words, whatever is in them', () => {
    const words = fc.array(
      fc.option(fc.string({ unit: fc.constantFrom('1', ':', '-', 'a') }), { nil: undefined }),
    );
    fc.assert(
      fc.property(words, words, (some, others) => {
        const isSame = JSON.stringify(some) === JSON.stringify(others);
        expect(joinedKey(...some) === joinedKey(...others)).toBe(isSame);
      }),
    );
  });
});
