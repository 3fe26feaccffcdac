import type { Node } from '../node/fleet.js';
import type { Reachability } from './ports.js';
import type { SilentReason } from '../node/silent-node.js';

/** The nodes that a command can reach, and for each other node the reason. */
export interface ReachedNodes {
  readonly reachable: readonly Node[];
  readonly unreachable: readonly { readonly node: Node; readonly reason: SilentReason }[];
}

/** Sorts the nodes by what EC2 and Systems Manager say about them, before anything is sent. */
export function reachableNodes(
  nodes: readonly Node[],
  reachability: readonly Reachability[],
): ReachedNodes {
  const online = new Map(reachability.map((one) => [one.instanceId, one.online]));
  const sorted = nodes.map((node) => ({ node, reason: obstacle(node, online) }));
  return {
    reachable: sorted.filter(({ reason }) => reason === undefined).map(({ node }) => node),
    unreachable: sorted.flatMap(({ node, reason }) =>
      reason === undefined ? [] : [{ node, reason }],
    ),
  };
}

function obstacle(node: Node, online: ReadonlyMap<string, boolean>): SilentReason | undefined {
  if (node.autoMode) return 'auto-mode';
  if (node.platform === 'windows') return 'windows';
  const state = online.get(node.instanceId);
  if (state === undefined) return 'ssm-missing';
  return state ? undefined : 'ssm-offline';
}
