import { describe, expect, it } from 'vitest';
import { exceededBy, exceededText } from '../../../lib/core/measure/allowance-excess.js';
import { anAllowance } from '../../support/an-allowance.js';

const growth = { seconds: 21_600, counters: {}, exceeded: { pps: 7 } };
const boot = { uptimeSeconds: 864_000 };
const packets = (amount: number) => `${amount} packets`;

describe('exceededBy', () => {
  it('tells what a counter grew by between audits and within the probe', () => {
    const allowance = anAllowance({ grown: { pps: 3 } });
    expect(exceededBy('pps', { allowance, growth })).toEqual({ between: 7, now: 3 });
    expect(exceededBy('bw_in', { allowance, growth })).toEqual({ now: 0 });
    expect(exceededBy('pps', { allowance })).toEqual({ now: 3 });
  });

  it('takes what was not measured within the probe for no growth', () => {
    const allowance = { interfaces: 1, exceeded: {} };
    expect(exceededBy('pps', { allowance })).toEqual({ now: 0 });
  });
});

describe('exceededText', () => {
  it('goes by growth where the last audit read the counter', () => {
    const allowance = anAllowance({ exceeded: { pps: 90 }, grown: { pps: 3 } });
    expect(exceededText('pps', packets, { allowance, growth, boot })).toBe(
      '7 packets since the last audit 6 hours ago and 3 more while the probe ran',
    );
  });

  it('has nothing to say of a counter that stands still, however high', () => {
    const allowance = anAllowance({ exceeded: { pps: 90 } });
    const still = { ...growth, exceeded: { pps: 0 } };
    expect(exceededText('pps', packets, { allowance, growth: still, boot })).toBeUndefined();
  });

  it.each([
    { exceeded: 0, grown: {}, said: undefined },
    {
      exceeded: 90,
      grown: {},
      said: '90 packets since boot 10 days ago, and none while the probe ran',
    },
    {
      exceeded: 90,
      grown: { pps: 3 },
      said: '3 packets while the probe ran, after 90 since boot 10 days ago',
    },
    {
      exceeded: 0,
      grown: { pps: 3 },
      said: '3 packets while the probe ran, after 0 since boot 10 days ago',
    },
  ])('counts since boot at first sight: $said', ({ exceeded, grown, said }) => {
    const allowance = anAllowance({ exceeded: { pps: exceeded }, grown });
    expect(exceededText('pps', packets, { allowance, boot })).toBe(said);
  });

  it('does not call it quiet where growth was not measured', () => {
    const allowance = { interfaces: 1, exceeded: { pps: 2 } };
    expect(exceededText('pps', packets, { allowance })).toBe('2 packets since boot');
  });
});
