import { describe, expect, it } from 'vitest';
import { spreadWorkload } from '../../../lib/core/remedies/spread-workload.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

/** A node with 900 of 1,000 entries in a group of this many nodes and entries. */
function among(nodes: number, entries: number) {
  const table = { entries: 900, max: 1_000 };
  return aCase(aNode({ table }), { group: { nodes, entries, medianUsage: 0 } });
}

describe('spread-workload', () => {
  it('helps where the group has room', () => {
    expect(spreadWorkload.assess(among(3, 1_200))).toMatchObject({
      helps: true,
      predicted: { limit: 1_000, usage: 0.4 },
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

  it('says nothing without a table', () => {
    expect(spreadWorkload.assess(aCase({ facts: {} }))).toBeUndefined();
  });
});
