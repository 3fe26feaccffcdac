import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remembered, rememberedOf, rememberedParts } from '../../../lib/core/text/remembered.js';

/** A function that counts how often it is asked. */
function counting(): { asked: string[]; make: (key: string) => string | undefined } {
  const asked: string[] = [];
  const make = (key: string) => {
    asked.push(key);
    return key === 'nothing' ? undefined : key.toUpperCase();
  };
  return { asked, make };
}

describe('remembered', () => {
  it('makes something of each key once, also where that is nothing', () => {
    const { asked, make } = counting();
    const of = remembered(make);
    expect(['a', 'b', 'a', 'nothing', 'nothing'].map(of)).toEqual([
      'A',
      'B',
      'A',
      undefined,
      undefined,
    ]);
    expect(asked).toEqual(['a', 'b', 'nothing']);
  });

  it('forgets all before it knows more than it may', () => {
    const { asked, make } = counting();
    const of = remembered(make, 2);
    ['a', 'b', 'a', 'c', 'a'].map(of);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('rememberedOf', () => {
  it('knows an object by itself, and not by what is in it', () => {
    let asked = 0;
    const of = rememberedOf(({ name }: { name: string }) => {
      asked += 1;
      return name === '' ? undefined : name;
    });
    const [one, alike, empty] = [{ name: 'a' }, { name: 'a' }, { name: '' }];
    expect([one, alike, one, empty, empty].map(of)).toEqual(['a', 'a', 'a', undefined, undefined]);
    expect(asked).toBe(3);
  });
});

describe('rememberedParts', () => {
  const parts = fc.array(fc.constantFrom<unknown>('a', 'b', '1', 1, undefined), { maxLength: 4 });

  it('takes the same parts in the same order for one key, and no others', () => {
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        const of = rememberedParts((made: readonly unknown[]) => ({ made }));
        const isSame =
          some.length === others.length && some.every((part, at) => part === others[at]);
        expect(of(some) === of([...others])).toBe(isSame);
        expect(of(some).made).toEqual(some);
      }),
    );
  });

  it('forgets all before it knows more than it may', () => {
    let made = 0;
    const of = rememberedParts(() => ({ at: (made += 1) }), 2);
    expect([['a'], ['a', 'b'], ['a'], ['c'], ['a']].map((one) => of(one).at)).toEqual([
      1, 2, 1, 3, 4,
    ]);
  });
});
