import { describe, expect, it } from 'vitest';
import { parseAllowance } from '../../../../lib/core/node/parse/allowance.js';

const ena = {
  nics: 2,
  exceeded: { bw_in: 1, bw_out: 12, pps: 3, conntrack: 42, linklocal: 905 },
  grown: { conntrack: 7 },
  available: 136_810,
};
const parse = (different: object = {}) => parseAllowance({ ena: { ...ena, ...different } });

describe('parseAllowance', () => {
  it('reads the counters of the limits, what they grew by, and what is left', () => {
    expect(parse()).toMatchObject({
      interfaces: 2,
      exceeded: ena.exceeded,
      grown: { conntrack: 7 },
    });
  });

  it('tells that nothing grew from that nobody looked twice', () => {
    expect(parse({ grown: {} })).toHaveProperty('grown', {});
    expect(parse({ grown: undefined })).not.toHaveProperty('grown');
  });

  it('leaves out a counter that is none, and names that EC2 does not have', () => {
    const exceeded = { conntrack: -1, linklocal: '5', pps: 3, cpu: 7 };
    expect(parse({ exceeded })?.exceeded).toEqual({ pps: 3 });
  });

  it.each([
    { nics: 0 },
    { nics: undefined },
    { nics: 129 },
    { exceeded: undefined },
    { exceeded: [] },
  ])('is nothing where the node says %j', (different) => {
    expect(parse(different)).toBeUndefined();
  });

  it('is nothing without any ENA interface', () => {
    expect(parseAllowance({})).toBeUndefined();
  });
});
