import { describe, expect, it } from 'vitest';
import { spreadWorkload } from '../../../lib/core/remedies/spread-workload.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';

/** A node with 900 of 1,000 entries in a group of this many nodes and entries. */
function among(nodes: number, entries: number) {
  return aCase(aNodeUsing(900, 1_000), { group: { nodes, entries, medianUsage: 0 } });
}

describe('spread-workload', () => {
  it('helps where the group has room', () => {
    expect(spreadWorkload.assess(among(3, 1_200))).toMatchObject({
      helps: true,
      predicted: { limit: 1_000, usage: 0.4, bound: 'at least' },
    });
  });

  it.each([
    { entries: 2_249, helps: true },
    { entries: 2_250, helps: false },
  ])('needs even usage below the one that is warned of: $entries entries', ({ entries, helps }) => {
    expect(spreadWorkload.assess(among(3, entries))?.helps).toBe(helps);
  });

  it('says how many nodes it would take where the group is full as a whole', () => {
    expect(spreadWorkload.assess(among(3, 2_700))?.reason).toContain('6 nodes of this type');
  });

  it('does not help a group of one', () => {
    expect(spreadWorkload.assess(among(1, 900))?.helps).toBe(false);
  });

  it.each([
    { entries: 899, helps: true },
    { entries: 901, helps: false },
  ])('needs a node that is fuller than others, where it only fills: $entries', (group) => {
    const facts = aNodeUsing(400, 1_000);
    const weighed = aCase(facts, {
      rule: 'time-to-full',
      group: { nodes: 3, entries: group.entries, medianUsage: 0 },
    });
    expect(spreadWorkload.assess(weighed)?.helps).toBe(group.helps);
  });

  it('says of a node that fills like the others that it does', () => {
    const weighed = aCase(aNodeUsing(400, 1_000), {
      rule: 'time-to-full',
      group: { nodes: 3, entries: 1_140, medianUsage: 0.37 },
    });
    expect(spreadWorkload.assess(weighed)).toEqual({
      helps: false,
      reason:
        'evenly over the 3 nodes of workers the same entries use 38% of each table, and this one uses 40%: it fills like the others',
      predicted: { limit: 1_000, usage: 0.38, bound: 'at least' },
      steps: [],
    });
  });

  it('names the pods that hold most, the three first, and neither the host nor strangers', () => {
    const holders = [
      { address: '10.0.0.1', entries: 300, owner: 'host' },
      { address: '10.0.0.2', entries: 250, owner: 'shop/web-0' },
      { address: '10.0.0.9', entries: 200 },
      { address: '10.0.0.3', entries: 120, owner: 'shop/web-1' },
      { address: '10.0.0.4', entries: 60, owner: 'edge/proxy-0' },
      { address: '10.0.0.5', entries: 50, owner: 'shop/web-2' },
    ];
    const facts = aNode({ table: { entries: 900, max: 1_000 }, makeup: aMakeup({ holders }) });
    const weighed = aCase(facts, {
      rule: 'hot-node',
      group: { nodes: 3, entries: 1_200, medianUsage: 0.1 },
    });
    const said = spreadWorkload.assess(weighed);
    expect(said?.reason).toBe(
      'evenly over the 3 nodes of workers the same entries use at least 40% of each table; of this node shop/web-0 holds 25%, shop/web-1 holds 12%, edge/proxy-0 holds 6%; a connection between two pods has an entry on the node of each of them, and it holds only as long as the scheduler keeps to it',
    );
    expect(said?.steps[0]).toContain('begin with the pods that are named');
  });

  it('says how to find the pods where none is known', () => {
    expect(spreadWorkload.assess(among(3, 1_200))?.steps[0]).toContain('find the pods');
  });

  it('says nothing where no node of the group was read', () => {
    expect(spreadWorkload.assess(among(0, 0))).toBeUndefined();
  });

  it('says nothing without a table', () => {
    expect(spreadWorkload.assess(aCase({ facts: {} }))).toBeUndefined();
  });
});
