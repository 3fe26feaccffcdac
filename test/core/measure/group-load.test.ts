import { describe, expect, it } from 'vitest';
import { groupLoads } from '../../../lib/core/measure/group-load.js';
import { aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';

describe('groupLoads', () => {
  it('adds up the nodes of each group whose table was read', () => {
    const loadOf = groupLoads([
      aNodeUsing(10, 100),
      aNodeUsing(20, 100),
      aNodeWithout('table'),
      aNodeUsing(5, 100, { nodeGroup: 'batch' }),
      aNodeUsing(7, 100, { cluster: 'other' }),
    ]);
    expect(loadOf(aNode().node)).toEqual({ nodes: 2, entries: 30, medianUsage: 0.1 });
    expect(loadOf(aNode({}, { nodeGroup: 'batch' }).node)).toMatchObject({ nodes: 1, entries: 5 });
    expect(loadOf(aNode({}, { nodeGroup: 'none' }).node)).toEqual({
      nodes: 0,
      entries: 0,
      medianUsage: 0,
    });
  });

  it('takes the middle usage of each group, the lower of two', () => {
    const usageOf = (...usages: number[]) =>
      groupLoads(usages.map((usage) => aNodeUsing(usage, 100)))(aNode().node).medianUsage;
    expect(usageOf(90, 10, 20)).toBe(0.2);
    expect(usageOf(90, 10, 20, 30)).toBe(0.2);
    expect(usageOf(90)).toBe(0.9);
  });
});
