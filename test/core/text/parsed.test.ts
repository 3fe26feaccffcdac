import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { keyed } from '../../../lib/core/text/keyed.js';
import { parsed, ParseError, shown } from '../../../lib/core/text/parsed.js';

const WHEN = 'should be a day';
const schema = keyed({
  count: v.optional(v.number()),
  deep: v.optional(keyed({ warningUsage: v.optional(v.number('should be a share')) })),
  list: v.optional(v.array(keyed({ when: v.string(WHEN), flag: v.optional(v.boolean()) }))),
});

function said(value: unknown, place = {}): string {
  try {
    parsed(schema, value, place);
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  return 'nothing is wrong';
}

describe('parsed', () => {
  it('gives what the schema makes of the value', () => {
    expect(parsed(v.pipe(v.string(), v.transform(Number)), '7')).toBe(7);
    expect(said({ list: [{ when: 'x' }], deep: { warningUsage: 1 } })).toBe('nothing is wrong');
  });

  it.each([
    [5, 'f.yaml should be an object, got 5'],
    [{ count: 'x' }, "f.yaml: 'count' should be a number, got 'x'"],
    [{ count: NaN }, "f.yaml: 'count' should be a number, got NaN"],
    [{ deep: { warningUsage: null } }, "f.yaml: 'deep.warningUsage' should be a share, got null"],
    [{ list: {} }, "f.yaml: 'list' should be a list, got {}"],
    [{ list: ['x'] }, "f.yaml: 'list[0]' should be an object, got 'x'"],
    [{ list: [{ when: 'x' }, {}] }, "f.yaml: 'list[1].when' should be a day, got nothing"],
    [{ list: [{ when: 'x', flag: 1 }] }, "f.yaml: 'list[0].flag' should be true or false, got 1"],
    [{ coutn: 1 }, "f.yaml has no 'coutn', did you mean 'count'?"],
    [{ toString: 1 }, "f.yaml has no 'toString', only count, deep, list"],
    [{ deep: { warnusage: 1 } }, "f.yaml: 'deep' has no 'warnusage', did you mean 'warningUsage'?"],
  ])('says of %j what is wrong in one line', (value, line) => {
    expect(said(value, { name: 'f.yaml' })).toBe(line);
  });

  it('puts the key in front under which the value itself stands', () => {
    expect(said({ count: 'x' }, { key: 'a' })).toBe("'a.count' should be a number, got 'x'");
    expect(said([], { key: 'a' })).toBe("'a' should be an object, got []");
    expect(said(5)).toBe('the value should be an object, got 5');
  });

  it('names three of what is wrong, and says how many more there are', () => {
    const wrong = { list: [{ when: 1 }, { when: 2 }, { when: 3 }] };
    const three = said(wrong);
    expect(three.split('; ')).toHaveLength(3);
    expect(said({ ...wrong, count: 'x', deep: 0 })).toBe(
      "'count' should be a number, got 'x'; 'deep' should be an object, got 0; " +
        "'list[0].when' should be a day, got 1; 2 more are wrong",
    );
  });

  it('lets nothing of a value or a key write to the terminal', () => {
    expect(said({ 'a\u001b[2J': 1 })).toContain("has no 'a?[2J'");
    expect(said({ count: 'a\n\u001b[2J' })).toContain("got 'a??[2J'");
    expect(shown(['\u202e'])).toBe('["?"]');
  });

  it('cuts a value that is long', () => {
    expect(shown('x'.repeat(1_000)).length).toBeLessThan(210);
  });
});
