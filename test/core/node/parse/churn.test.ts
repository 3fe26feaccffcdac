import { describe, expect, it } from 'vitest';
import { parseChurn } from '../../../../lib/core/node/parse/churn.js';

const later = { seconds: 2.08, entries: 130, stat: { drop: 3 } };
const parse = (different: object = {}, entries: unknown = 100) =>
  parseChurn({ entries, later: { ...later, ...different } });

describe('parseChurn', () => {
  it('tells what came between the two readings', () => {
    expect(parse()).toEqual({ seconds: 2.08, entries: 30, counters: { drop: 3 } });
  });

  it('is below zero where the table drained', () => {
    expect(parse({ entries: 60 })?.entries).toBe(-40);
  });

  it('knows no growth of counters that were not read twice', () => {
    expect(parse({ stat: undefined })?.counters).toEqual({});
    expect(parse({ stat: { drop: -1 } })?.counters).toEqual({});
  });

  it.each([
    { seconds: 0 },
    { seconds: -2 },
    { seconds: '2' },
    { seconds: undefined },
    { entries: undefined },
    { entries: -5 },
  ])('is nothing where the second reading says %j', (different) => {
    expect(parse(different)).toBeUndefined();
  });

  it('is nothing without a first reading, or a second', () => {
    expect(parse({}, null)).toBeUndefined();
    expect(parseChurn({ entries: 100 })).toBeUndefined();
  });
});
