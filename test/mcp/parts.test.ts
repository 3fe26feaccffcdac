import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../lib/mcp/boundary.js';
import { within } from '../../lib/mcp/parts.js';

const few = ['a', 'b', 'c'];
const whole = { offset: 0 };

describe('the part of lists that an answer has room for', () => {
  it('is all of them, where there is room', () => {
    const { lists, left } = within({ one: few, two: few }, whole);
    expect({ lists, left }).toEqual({ lists: { one: few, two: few }, left: [] });
  });

  it.each([
    [12, 3],
    [11, 2],
  ])('ends before the room does: %i bytes hold %i', (room, fit) => {
    const { lists, left } = within({ one: few }, whole, { room });
    expect(lists.one).toHaveLength(fit);
    expect(left).toEqual(fit === 3 ? [] : [{ list: 'one', omitted: 1, ask: 'offset 2' }]);
  });

  it('gives the first list what the others leave', () => {
    const many = Array.from({ length: 100 }, () => 'x');
    const { lists, left } = within({ one: many, two: ['y'] }, whole, { room: 100 });
    expect(lists.two).toEqual(['y']);
    expect(lists.one).toHaveLength(Math.floor((100 - sizeOf(['y'])) / 4));
    expect(left).toEqual([{ list: 'one', omitted: 77, ask: "part 'one', offset 23" }]);
  });

  it('is one list, from an offset on, where a part is asked for', () => {
    const { lists, left } = within({ one: few, two: few }, { part: 'two', offset: 1 });
    expect({ lists, left }).toEqual({ lists: { one: [], two: ['b', 'c'] }, left: [] });
  });

  it('takes an offset alone for one of the first list', () => {
    expect(within({ one: few, two: few }, { offset: 2 }).lists).toEqual({ one: ['c'], two: [] });
  });

  it('begins at the last item at the latest', () => {
    expect(within({ one: few }, { offset: 2 }).lists).toEqual({ one: ['c'] });
    expect(() => within({ one: few }, { offset: 3 })).toThrow(
      "'offset' should be at most 2, as one has 3, got 3",
    );
  });

  it('is an empty list, and no more, where there is nothing', () => {
    expect(within({ one: [] }, whole)).toEqual({ lists: { one: [] }, left: [] });
    expect(() => within({ one: [] }, { offset: 1 })).toThrow("'offset' should be 0");
  });

  it('cuts the texts of an item shorter where it would not fit with all of them', () => {
    const { lists } = within({ one: [{ id: 'x'.repeat(900) }] }, whole, { room: 500 });
    expect(lists.one).toEqual([{ id: `${'x'.repeat(147)}…` }]);
  });
});
