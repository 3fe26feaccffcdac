/** How large a fleet is, and how it is cut. */
export interface Layout {
  readonly nodes: number;
  readonly clusters: number;
  /** Node groups of each cluster. */
  readonly groups: number;
}

/** One node with its place. */
export interface Placed {
  /** Its number, from 0. */
  readonly at: number;
  readonly instanceId: string;
  readonly cluster: string;
  readonly group: string;
  /** Number of its group, counted over all clusters. */
  readonly groupAt: number;
}

/** One node in 200 lost its agent. */
const LOST = 200;

/** Whether Systems Manager has lost this node. */
export function isLost(at: number): boolean {
  return at % LOST === LOST - 1;
}

/** Neighbours are of different groups, so that a page of EC2 or a command holds nodes of many. */
export function placed(at: number, { clusters, groups }: Layout): Placed {
  const clusterAt = at % clusters;
  const inCluster = Math.floor(at / clusters) % groups;
  return {
    at,
    instanceId: `i-0a${at.toString(16).padStart(15, '0')}`,
    cluster: clusterName(clusterAt),
    group: groupName(inCluster),
    groupAt: clusterAt * groups + inCluster,
  };
}

export function clusterName(at: number): string {
  return `shop-${String(at).padStart(4, '0')}`;
}

export function groupName(at: number): string {
  return `workers-${at}`;
}

/** `10,000 nodes in 40 clusters of 4 groups`. */
export function named({ nodes, clusters, groups }: Layout): string {
  return `${nodes.toLocaleString('en')} nodes in ${clusters} clusters of ${groups} groups`;
}
