import { describe, expect, it } from 'vitest';
import { remembered, rememberedOf } from '../../../lib/core/text/remembered.js';

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
