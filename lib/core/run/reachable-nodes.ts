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

function obstacle(node: Node, online: ReadonlyMap<string, boolean>): SilentReason | undefined {
  if (node.autoMode) return 'auto-mode';
  if (node.platform === 'windows') return 'windows';
  const state = online.get(node.instanceId);
  if (state === undefined) return 'ssm-missing';
  return state ? undefined : 'ssm-offline';
}
