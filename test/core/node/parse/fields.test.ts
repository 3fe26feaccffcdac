import { describe, expect, it } from 'vitest';
import { numbers, rememberedPattern, wholes } from '../../../../lib/core/node/parse/fields.js';

describe('rememberedPattern', () => {
  it('looks at nothing that is longer than it may be', () => {
    const is = rememberedPattern(/^a+$/, 3);
    expect(['aaa', 'aaa', 'aab', 'aaaa', ''].map(is)).toEqual([true, true, false, false, false]);
  });
});

describe('whole numbers by name', () => {
  const isShort = (name: string) => name.length === 1;

  it('are the object itself where all of them are sound', () => {
    const told = { a: 1, b: 2 };
    expect(wholes(told, isShort, 2, 2)).toBe(told);
  });

  it('are another one without what is not, and the first of too many', () => {
    expect(wholes({ a: 1, b: 3, cc: 1 }, isShort, 2, 2)).toEqual({ a: 1 });
    expect(wholes({ a: 1, b: 2, c: 0 }, isShort, 2, 2)).toEqual({ a: 1, b: 2 });
    expect(wholes('a', isShort, 2, 2)).toEqual({});
  });

  it('take no name of the prototype for one of theirs', () => {
    expect(numbers(JSON.parse('{"__proto__":{"drop":1},"found":2}'))).toEqual({ found: 2 });
    expect(numbers({})).toBeUndefined();
  });
});
