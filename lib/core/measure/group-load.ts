import type { Node } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import type { Snapshot } from '../node/snapshot.js';

/** What the nodes of one group hold together, over those whose table was read. */
export interface GroupLoad {
  readonly nodes: number;
  readonly entries: number;
  /** Of their usages, the middle one; 0 where none was read. */
  readonly medianUsage: number;
}

/** Adds up each node group. */
export function groupLoads(snapshots: readonly Snapshot[]): (node: Node) => GroupLoad {
  const loads = new Map(
    [...groupBy(snapshots, ({ node }) => keyOf(node))].map(([key, members]) => {
      const tables = members.flatMap(({ facts: { table } }) => table ?? []);
      const entries = tables.reduce((sum, table) => sum + table.entries, 0);
      const medianUsage = median(tables.map((table) => table.entries / table.max));
      return [key, { nodes: tables.length, entries, medianUsage }];
    }),
  );
  return (node) => loads.get(keyOf(node)) ?? { nodes: 0, entries: 0, medianUsage: 0 };
}

/** The middle value, the lower of two; 0 of none. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

function keyOf({ cluster, nodeGroup }: Node): string {
  return JSON.stringify([cluster, nodeGroup]);
}
