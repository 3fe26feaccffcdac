import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../lib/core/node/parse/answer.js';

const ena = { nics: 2, exceeded: { conntrack: 3 }, grown: {}, available: 900 };
const parse = (different: object = {}) =>
  parseAnswer(JSON.stringify({ v: 1, ena: { ...ena, ...different } }));

describe('what is left of the allowance', () => {
  it('is a fact of its own beside the allowance', () => {
    expect(parse()).toMatchObject({
      allowance: { interfaces: 2, exceeded: { conntrack: 3 }, grown: {}, available: 900 },
      allowanceAvailable: 900,
    });
  });

  it('is told from nothing left', () => {
    expect(parse({ available: 0 })?.allowanceAvailable).toBe(0);
  });

  it.each([{ available: undefined }, { available: -1 }, { nics: 0 }])(
    'is not known where the node says %j',
    (different) => {
      expect(parse(different)).not.toHaveProperty('allowanceAvailable');
    },
  );

  it.each([{}, { conntrack: -1, other: 5 }])(
    'is nothing, and the allowance neither, where counters are %j: they are never taken for zero',
    (exceeded) => {
      const facts = parse({ exceeded });
      expect(facts).not.toHaveProperty('allowance');
      expect(facts).not.toHaveProperty('allowanceAvailable');
    },
  );
});
