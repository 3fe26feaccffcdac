import { eraOf } from '../limit/era.js';
import {
  defaultConntrack,
  kubeProxyTarget,
  type KubeProxyConntrack,
} from '../limit/kube-proxy-target.js';
import type { NodeOs } from '../limit/expected-limit.js';
import { bytesPerEntry } from '../remedies/shared/sizing.js';
import { bytes, count } from '../text/format.js';

/** A node whose limit a file may change, as far as it is known. */
export interface ScopeNode {
  readonly instanceId: string;
  readonly nodeGroup: string;
  readonly os?: NodeOs | undefined;
  readonly vcpus?: number | undefined;
  /** As the node reports it, or else as EC2 sells it. */
  readonly memoryBytes?: number | undefined;
  readonly kernel?: string | undefined;
  /** Of the slab, without extensions. */
  readonly entryBytes?: number | undefined;
  /** nf_conntrack_max as it was read. */
  readonly limit?: number | undefined;
  /** Version of its kube-proxy, or `none`. */
  readonly kubeProxy?: string | undefined;
  /** Of the configuration that was read; absent: it was not seen. */
  readonly maxPerCore?: number | undefined;
  readonly min?: number | undefined;
  /** What it boots with where neither kube-proxy nor user data writes a limit. */
  readonly bootLimit?: number | undefined;
}

/** What of kube-proxy's configuration an edit sets. */
export interface LimitValues {
  readonly maxPerCore?: number;
  readonly min?: number;
}

/** Share of a node's memory that a full table may cost. */
export const MEMORY_SHARE = 0.05;

/**
 * The limit that the next start of kube-proxy gives a node under these values. Undefined: kube-proxy leaves
 * the limit as it is, or the vCPUs are not known.
 */
export function limitUnder(node: ScopeNode, values: LimitValues): number | undefined {
  const { vcpus, kubeProxy, limit = 0 } = node;
  const era = eraOf(kubeProxy);
  if (era?.writes === 'never' || vcpus === undefined) return undefined;
  const target = kubeProxyTarget(vcpus, conntrackOf(node, values), era?.cap);
  const raises = era?.writes === 'raises-only';
  return target && (raises ? Math.max(target.limit, limit) : target.limit);
}

/** What is set wins over what was read on the node, and that over what EKS ships. */
function conntrackOf(node: ScopeNode, values: LimitValues): KubeProxyConntrack {
  return {
    maxPerCore: values.maxPerCore ?? node.maxPerCore ?? defaultConntrack.maxPerCore,
    min: values.min ?? node.min ?? defaultConntrack.min,
  };
}

/** What a node must not fall below: its limit now, or what its configuration asks for where it was not restarted. */
export function floorOf(node: ScopeNode): number {
  return Math.max(node.limit ?? 0, limitUnder(node, {}) ?? 0);
}

/** Bytes of a full table of this limit on this node, at most. */
export function tableBytes(node: Pick<ScopeNode, 'kernel' | 'entryBytes'>, limit: number): number {
  return limit * bytesPerEntry(node.kernel, node.entryBytes);
}

/** Whether a full table of this limit costs more of the node's memory than it may. Unknown memory bears nothing. */
export function overloads(node: ScopeNode, limit: number, share = MEMORY_SHARE): boolean {
  return node.memoryBytes === undefined
    ? false
    : tableBytes(node, limit) > node.memoryBytes * share;
}

/** What an edit of kube-proxy's configuration does to nodes beyond what is asked of it, one sentence each. */
export function sideEffects(nodes: readonly ScopeNode[], values: LimitValues): string[] {
  const limits = nodes.map((node) => ({ node, limit: limitUnder(node, values) }));
  const lowered = limits.flatMap(({ node, limit }) =>
    limit !== undefined && limit < floorOf(node)
      ? [`${node.instanceId} from ${count(floorOf(node))} to ${count(limit)}`]
      : [],
  );
  const heavy = limits.flatMap(({ node, limit }) =>
    limit !== undefined && overloads(node, limit) ? [weight(node, limit)] : [],
  );
  return [
    ...(lowered.length > 0
      ? [`It lowers the limit of nodes that have more, or are told to: ${some(lowered)}.`]
      : []),
    ...(heavy.length > 0
      ? [`A full table then costs more than 5% of the memory of ${some(heavy)}.`]
      : []),
    ...unknownMemory(nodes),
  ];
}

/** What becomes of nodes that get no limit from their user data once kube-proxy leaves it alone. */
export function afterLeavingAlone(nodes: readonly ScopeNode[]): string[] {
  const falls = nodes.flatMap((node) =>
    node.bootLimit !== undefined && node.bootLimit < floorOf(node)
      ? [`${node.instanceId} from ${count(floorOf(node))} to ${count(node.bootLimit)}`]
      : [],
  );
  return falls.length === 0
    ? []
    : [
        `Nodes without such user data fall to the default of their kernel at their next boot: ${some(falls)}.`,
      ];
}

/** What a limit costs the nodes of a scope that all get it. */
export function costs(nodes: readonly ScopeNode[], limit: number): string[] {
  const heavy = nodes.filter((node) => overloads(node, limit)).map((node) => weight(node, limit));
  const lowered = nodes.filter((node) => (node.limit ?? 0) > limit);
  return [
    ...(heavy.length > 0
      ? [`A full table of it costs more than 5% of the memory of ${some(heavy)}.`]
      : []),
    ...(lowered.length > 0
      ? [
          `It is lower than what nodes have now: ${some(lowered.map((node) => `${node.instanceId} has ${count(node.limit ?? 0)}`))}.`,
        ]
      : []),
    ...unknownMemory(nodes),
  ];
}

function weight(node: ScopeNode, limit: number): string {
  const all = bytes(node.memoryBytes ?? 0);
  return `${node.instanceId} (${bytes(tableBytes(node, limit))} of ${all} for ${count(limit)} entries)`;
}

function unknownMemory(nodes: readonly ScopeNode[]): string[] {
  const unknown = nodes.filter(({ memoryBytes }) => memoryBytes === undefined);
  return unknown.length === 0
    ? []
    : [
        `Not weighed, as their memory is not known: ${some(unknown.map((node) => node.instanceId))}.`,
      ];
}

/** The first of a list, and how many more there are. */
export function some(items: readonly string[]): string {
  const [shown, more] = [items.slice(0, 3).join(', '), items.length - 3];
  return more > 0 ? `${shown} and ${count(more)} more` : shown;
}
