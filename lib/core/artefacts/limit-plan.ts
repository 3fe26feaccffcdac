import { AUTOMATIC_LIMIT_CAP, eraOf } from '../limit/era.js';
import { count, percent } from '../text/format.js';
import type { ArtefactContext } from './artefact.js';
import { floorOf, limitUnder, MEMORY_SHARE, overloads, some } from './scope.js';
import type { LimitValues, ScopeNode } from './scope.js';

/** How a limit is to be raised here, and why not otherwise. */
export interface LimitPlan {
  /** Values of kube-proxy's configuration that give every node of the finding the limit; absent: none can. */
  readonly values?: LimitValues;
  /** Whether user data lasts: nothing that runs later writes another limit. */
  readonly userDataLasts: boolean;
  /** Why it is not `conntrack.min` alone, in sentences. */
  readonly because: readonly string[];
}

/**
 * Chooses how to give the nodes of a finding a limit: `conntrack.min` where it works for them and every
 * other node of the cluster bears it, else other values of kube-proxy, else user data.
 */
export function limitPlan({ limit, nodes = [], nodeGroup, kubeProxy }: ArtefactContext): LimitPlan {
  if (kubeProxy !== undefined) return { values: kubeProxy, userDataLasts: false, because: [] };
  return limitPlanFor(limit, nodesOfGroup({ nodes, ...(nodeGroup && { nodeGroup }) }), nodes);
}

/** The same for any nodes that want it, of all nodes of their cluster. */
export function limitPlanFor(
  limit: number,
  wanting: readonly ScopeNode[],
  nodes: readonly ScopeNode[],
  share = MEMORY_SHARE,
): LimitPlan {
  const silent = nodes.filter((node) => leavesAlone(node));
  const userDataLasts = wanting.length > 0 && wanting.every(keepsUserData);
  if (silent.length > 0) {
    return { userDataLasts, because: [whyLeftAlone(silent)] };
  }
  const works = (values: LimitValues) =>
    givesAll(values, limit, wanting) && isBorne(values, nodes, share);
  const min = { min: limit };
  if (works(min)) return { values: min, userDataLasts, because: [] };
  const because = whyNotMin(limit, wanting, nodes, share);
  const values = [belowCap(limit, nodes), byVcpu(limit, wanting)].find(
    (one) => one !== undefined && works(one),
  );
  return values === undefined ? { userDataLasts, because } : { values, userDataLasts, because };
}

/** The nodes that user data reaches: those of the finding's group, or all where it names none. */
export function nodesOfGroup({
  nodes = [],
  nodeGroup,
}: Pick<ArtefactContext, 'nodes' | 'nodeGroup'>): readonly ScopeNode[] {
  const group = nodes.filter((node) => node.nodeGroup === nodeGroup?.name);
  return group.length === 0 ? nodes : group;
}

/** Whether the kube-proxy of a node does not write its limit: there is none, or it is told so. */
export function leavesAlone({ kubeProxy, maxPerCore }: ScopeNode): boolean {
  return maxPerCore === 0 || kubeProxy === 'none';
}

export function keepsUserData(node: ScopeNode): boolean {
  return leavesAlone(node) || eraOf(node.kubeProxy)?.writes === 'raises-only';
}

function whyLeftAlone(silent: readonly ScopeNode[]): string {
  return silent.some(({ maxPerCore }) => maxPerCore === 0)
    ? 'kube-proxy of this cluster has conntrack.maxPerCore 0: it leaves the limit alone, and ignores conntrack.min. What sets the limit is the node itself.'
    : 'No kube-proxy runs on nodes of this cluster, so that nothing but the node itself sets their limit.';
}

/** Whether every one of these nodes gets the limit or more. A node whose vCPUs are not known is taken to. */
function givesAll(values: LimitValues, limit: number, nodes: readonly ScopeNode[]): boolean {
  return nodes.every(
    (node) => node.vcpus === undefined || (limitUnder(node, values) ?? 0) >= limit,
  );
}

/** Whether no node gets more than it bears, unless it has that much now, and none gets less than it has. */
export function isBorne(
  values: LimitValues,
  nodes: readonly ScopeNode[],
  share = MEMORY_SHARE,
): boolean {
  return nodes.every((node) => {
    const limit = limitUnder(node, values);
    if (limit === undefined || limit === floorOf(node)) return true;
    return limit > floorOf(node) && !overloads(node, limit, share);
  });
}

function whyNotMin(
  limit: number,
  wanting: readonly ScopeNode[],
  nodes: readonly ScopeNode[],
  share: number,
) {
  const min = { min: limit };
  const heavy = nodes.filter((node) => overloads(node, limitUnder(node, min) ?? 0, share));
  const lowered = nodes.filter((node) => (limitUnder(node, min) ?? Infinity) < floorOf(node));
  return [
    ...(givesAll(min, limit, wanting)
      ? []
      : [
          `conntrack.min would be ignored: with this many vCPUs kube-proxy takes its cap of ${count(AUTOMATIC_LIMIT_CAP)}.`,
        ]),
    ...(heavy.length > 0
      ? [
          `conntrack.min holds for every node of the cluster, and a full table of ${count(limit)} would cost more than ${percent(share)} of the memory of ${names(heavy)}.`,
        ]
      : []),
    ...(lowered.length > 0
      ? [
          `With conntrack.min ${count(limit)} kube-proxy would lower the limit of ${names(lowered)}.`,
        ]
      : []),
  ];
}

function names(nodes: readonly ScopeNode[]): string {
  return some(nodes.map(({ instanceId }) => instanceId));
}

/** So few per core that no node reaches the cap: then `min` decides on every one. */
function belowCap(limit: number, nodes: readonly ScopeNode[]): LimitValues | undefined {
  const most = Math.max(...nodes.map(({ vcpus = 0 }) => vcpus));
  if (limit <= AUTOMATIC_LIMIT_CAP || most <= 0) return undefined;
  return { maxPerCore: Math.floor(AUTOMATIC_LIMIT_CAP / most), min: limit };
}

/** So many per core that these nodes get the limit; smaller nodes get less. */
function byVcpu(limit: number, wanting: readonly ScopeNode[]): LimitValues | undefined {
  const known = wanting.flatMap(({ vcpus }) => (vcpus === undefined ? [] : [vcpus]));
  return known.length === 0 ? undefined : { maxPerCore: Math.ceil(limit / Math.min(...known)) };
}
