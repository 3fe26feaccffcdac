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
  const clusters = new Map(
    [...groupBy(snapshots, ({ node }) => node.cluster)].map(([cluster, members]) => [
      cluster,
      new Map(
        [...groupBy(members, ({ node }) => node.nodeGroup)].map(([key, ones]) => [
          key,
          loadOf(ones),
        ]),
      ),
    ]),
  );
  return ({ cluster, nodeGroup }) => clusters.get(cluster)?.get(nodeGroup) ?? NONE;
}

const NONE: GroupLoad = { nodes: 0, entries: 0, medianUsage: 0 };

function loadOf(members: readonly Snapshot[]): GroupLoad {
  const tables = members.flatMap(({ facts: { table } }) => table ?? []);
  const entries = tables.reduce((sum, table) => sum + table.entries, 0);
  const medianUsage = median(tables.map((table) => table.entries / table.max));
  return { nodes: tables.length, entries, medianUsage };
}

/** The middle value, the lower of two; 0 of none. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
