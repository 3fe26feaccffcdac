import { digits } from '../../../lib/simulator/fleet/digits.js';

/** What one node of the account is like. */
export interface WorldNode {
  /** Names it within its group, and so decides its instance id. */
  readonly name: string;
  /** Share of its table that is taken. */
  readonly usage: number;
  /** Flows refused since boot. @default 0 */
  readonly drops?: number;
  /** What its agent does with a command. @default 'answers' */
  readonly conduct?: Conduct;
}

/**
 * `fails`: the probe ends with an error and prints nothing. `fails-whole`: it prints a whole answer, and the
 * invocation is `Failed` all the same. `long`: the answer is cut in a list and whole by itself. `late`: it
 * never ends.
 */
export type Conduct = 'answers' | 'fails' | 'fails-whole' | 'long' | 'late' | 'lost';

export interface WorldGroup {
  readonly name: string;
  /** @default 'm5.large' */
  readonly instanceType?: string;
  readonly nodes: readonly WorldNode[];
}

export interface WorldCluster {
  readonly name: string;
  readonly groups: readonly WorldGroup[];
}

/** All that a fake account holds. Plain data: it goes to another process. */
export interface World {
  readonly clusters: readonly WorldCluster[];
}

/** A node with its place. */
export interface PlacedNode extends WorldNode {
  readonly instanceId: string;
  readonly cluster: string;
  readonly group: string;
  readonly instanceType: string;
}

/** Id of the node of this name. */
export function idOf(cluster: string, group: string, name: string): string {
  return `i-0${digits(`${cluster}/${group}/${name}`, 16)}`;
}

/** Every node of an account with its place. */
export function nodesOf({ clusters }: World): PlacedNode[] {
  return clusters.flatMap(({ name: cluster, groups }) =>
    groups.flatMap(({ name: group, instanceType = 'm5.large', nodes }) =>
      nodes.map((node) => ({
        ...node,
        cluster,
        group,
        instanceType,
        instanceId: idOf(cluster, group, node.name),
      })),
    ),
  );
}
