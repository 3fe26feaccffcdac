import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../../lib/core/text/json-pieces.js';

describe('jsonPieces', () => {
  it('make the text that JSON.stringify makes, and a line end', () => {
    const leftOut = fc.constantFrom(undefined, () => 1, Symbol('s'), NaN, new Date(0), new Map());
    const value = fc.anything({ withNullPrototype: true, withSparseArray: true });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(value, leftOut)),
        fc.dictionary(fc.string(), value),
        (list, map) => {
          for (const one of [list, { list, map }]) {
            expect([...jsonPieces('a.json', one)].join('')).toBe(`${JSON.stringify(one)}\n`);
          }
        },
      ),
    );
  });

  it('are many where the value is large', () => {
    const nodes = Array.from({ length: 2_000 }, (_, at) => ({ at, text: 'x'.repeat(99) }));
    const pieces = [...jsonPieces('fleet.json', { nodes })];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every(({ length }) => length < 70_000)).toBe(true);
    expect(JSON.parse(pieces.join(''))).toEqual({ nodes });
  });

  it('fail on a value that JSON would leave out without a word', () => {
    expect(() => [...jsonPieces('a.json', undefined)]).toThrow("'a.json' needs a value");
  });
});
