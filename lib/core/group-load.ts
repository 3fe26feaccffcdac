import type { Node } from './fleet.js';
import { groupBy } from './group-by.js';
import type { Case } from './remedy.js';
import type { Snapshot } from './snapshot.js';

/** Adds up each node group, over those of its nodes whose table was read. */
export function groupLoads(snapshots: readonly Snapshot[]): (node: Node) => Case['group'] {
  const read = snapshots.filter(({ facts }) => facts.table !== undefined);
  const loads = new Map(
    [...groupBy(read, ({ node }) => keyOf(node))].map(([key, members]) => {
      const entries = members.reduce((sum, { facts }) => sum + (facts.table?.entries ?? 0), 0);
      return [key, { nodes: members.length, entries }];
    }),
  );
  return (node) => loads.get(keyOf(node)) ?? { nodes: 0, entries: 0 };
}

function keyOf({ cluster, nodeGroup }: Node): string {
  return JSON.stringify([cluster, nodeGroup]);
}
