import type { Node } from '../node/fleet.js';
import type { Reachability } from './ports.js';
import type { AskingFile } from './run-files.js';
import type { SilentReason } from '../node/silent-node.js';
import { present } from '../text/present.js';

/** The nodes that a command can reach, and for each other node the reason. */
export interface ReachedNodes {
  readonly reachable: readonly Node[];
  readonly unreachable: readonly { readonly node: Node; readonly reason: SilentReason }[];
}

/**
 * Sorts the nodes by what EC2 and Systems Manager say about them, before anything is sent. Where Systems
 * Manager did not tell of all its nodes, one that it did not name is asked as well.
 */
export function reachableNodes(
  nodes: readonly Node[],
  reachability: readonly Reachability[],
  isWhole = true,
): ReachedNodes {
  const online = new Map(reachability.map((one) => [one.instanceId, one.online]));
  const stateOf = (node: Node) => online.get(node.instanceId) ?? (isWhole ? undefined : true);
  const sorted = nodes.map((node) => ({ node, reason: obstacle(node, stateOf(node)) }));
  return {
    reachable: sorted.filter(({ reason }) => reason === undefined).map(({ node }) => node),
    unreachable: sorted.flatMap(({ node, reason }) =>
      reason === undefined ? [] : [{ node, reason }],
    ),
  };
}

/** Those of the nodes that run Bottlerocket by the word of Systems Manager. */
export function bottlerocketOf(
  nodes: readonly Node[],
  reachability: readonly Reachability[],
): NonNullable<AskingFile['bottlerocket']> {
  const asked = new Set(nodes.map(({ instanceId }) => instanceId));
  return reachability.flatMap(({ instanceId, platform }) =>
    asked.has(instanceId) && platform?.name === 'Bottlerocket'
      ? [present({ instanceId, version: platform.version })]
      : [],
  );
}

/** `isOnline`: absent where Systems Manager does not know the node. */
function obstacle(node: Node, isOnline: boolean | undefined): SilentReason | undefined {
  if (node.autoMode) return 'auto-mode';
  if (node.platform === 'windows') return 'windows';
  if (isOnline === undefined) return 'ssm-missing';
  return isOnline ? undefined : 'ssm-offline';
}
