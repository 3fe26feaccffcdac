import { describe, expect, it } from 'vitest';
import { groupLoads } from '../../lib/core/group-load.js';
import { aNode, aNodeUsing, aNodeWithout } from '../support/a-node.js';

describe('groupLoads', () => {
  it('adds up the nodes of each group whose table was read', () => {
    const loadOf = groupLoads([
      aNodeUsing(10, 100),
      aNodeUsing(20, 100),
      aNodeWithout('table'),
      aNodeUsing(5, 100, { nodeGroup: 'batch' }),
      aNodeUsing(7, 100, { cluster: 'other' }),
    ]);
    expect(loadOf(aNode().node)).toEqual({ nodes: 2, entries: 30 });
    expect(loadOf(aNode({}, { nodeGroup: 'batch' }).node)).toEqual({ nodes: 1, entries: 5 });
    expect(loadOf(aNode({}, { nodeGroup: 'none' }).node)).toEqual({ nodes: 0, entries: 0 });
  });
});
