import type { Evidence } from '../../lib/core/judge/judge.js';
import type { SilentNode } from '../../lib/core/node/silent-node.js';
import type { Node } from '../../lib/core/node/fleet.js';

/**
 * A fleet of so many nodes made of one run: its nodes again and again, each time with other ids. Every second copy is
 * more node groups of the same clusters, and the others are more clusters, so that both grow.
 */
export function largeFleet(run: Evidence, nodes: number): Evidence {
  const { fleet, snapshots, silent } = run;
  const copies = Math.max(1, Math.round(nodes / fleet.nodes.length));
  const groups = Math.ceil(Math.sqrt(copies));
  const all = Array.from({ length: copies }, (_, at) => ({
    cluster: Math.floor(at / groups),
    group: at % groups,
  }));
  return {
    ...run,
    fleet: {
      ...fleet,
      clusters: all
        .filter(({ group }) => group === 0)
        .flatMap((copy) =>
          fleet.clusters.map((one) => ({ ...one, name: named(one.name, copy.cluster) })),
        ),
      nodes: all.flatMap((copy) => fleet.nodes.map((one) => copied(one, copy))),
    },
    snapshots: all.flatMap((copy) =>
      snapshots.map((one) => ({ ...one, node: copied(one.node, copy) })),
    ),
    silent: all.flatMap((copy) => silent.map((one): SilentNode => copied(one, copy))),
  };
}

interface Copy {
  readonly cluster: number;
  readonly group: number;
}

function copied<T extends Pick<Node, 'instanceId' | 'cluster' | 'nodeGroup'>>(
  node: T,
  { cluster, group }: Copy,
): T {
  return {
    ...node,
    instanceId: `${node.instanceId}-${cluster}-${group}`,
    cluster: named(node.cluster, cluster),
    nodeGroup: named(node.nodeGroup, group),
  };
}

/** The first copy keeps its name. */
function named(name: string, copy: number): string {
  return copy === 0 ? name : `${name}-${copy}`;
}
