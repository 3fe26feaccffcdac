import type { Cluster, Node } from '../node/fleet.js';
import { present } from '../text/present.js';
import type { ReadBundle } from './read-bundle.js';

/** What people say of nodes where their bundles do not. */
export interface Given {
  readonly cluster?: string;
  readonly nodeGroup?: string;
  readonly instanceType?: string;
  /** Version of kube-proxy, or `none`. It goes before what bundles say. */
  readonly kubeProxy?: string;
}

/** A bundle by its name, which stands for a node that it does not name. */
export interface NamedBundle extends ReadBundle {
  readonly name: string;
}

/** What stands in place of what nobody knows. */
export const UNKNOWN = 'unknown';

/** The node that a bundle is of: by its own word, else by what was given. */
export function nodeOf({ identity, name }: NamedBundle, given: Given): Node {
  const { cluster, nodeGroup, nodeGroupKind = 'none', autoMode } = identity;
  return {
    instanceId: identity.instanceId ?? name,
    instanceType: identity.instanceType ?? given.instanceType ?? UNKNOWN,
    cluster: cluster ?? given.cluster ?? UNKNOWN,
    nodeGroup: nodeGroup ?? given.nodeGroup ?? UNKNOWN,
    nodeGroupKind,
    platform: 'linux',
    autoMode,
  };
}

/** The clusters of these nodes, each once. */
export function clustersOf(nodes: readonly Node[], { kubeProxy }: Given): Cluster[] {
  const names = [...new Set(nodes.map(({ cluster }) => cluster))].sort();
  return names.map((name) => present({ name, kubeProxyGiven: kubeProxy }));
}

/** The Region that all of them name, if they name one. */
export function regionOf(bundles: readonly ReadBundle[]): string {
  const regions = new Set(bundles.flatMap(({ identity }) => identity.region ?? []));
  return regions.size === 1 ? ([...regions][0] ?? UNKNOWN) : UNKNOWN;
}
