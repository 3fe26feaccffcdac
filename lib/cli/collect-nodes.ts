import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Node } from '../core/node/fleet.js';

/** A node that people name: its Kubernetes name, and its instance id. */
export interface NamedNode {
  readonly nodeName: string;
  readonly instanceId: string;
}

const instanceId = /^i-[0-9a-f]{8,17}$/;
const nodeName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Reads `--node i-0123...`, or `--node ip-10-0-1-23.ec2.internal=i-0123...`. */
export function nodeOption(text: string, before: readonly NamedNode[] = []): readonly NamedNode[] {
  const [name = '', id = name] = text.split('=', 2);
  if (nodeName.test(name) && instanceId.test(id)) {
    return [...before, { nodeName: name, instanceId: id }];
  }
  throw new InvalidArgumentError(
    `should be an instance id, or <node name>=<instance id>, got '${text}'`,
  );
}

/** The nodes that are named, else all of EKS Auto Mode. Fails where there is none. */
export function nodesToCollect(
  nodes: readonly Node[],
  cluster: string,
  named: readonly NamedNode[] | undefined,
): readonly NamedNode[] {
  const all = nodes.filter((node) => node.cluster === cluster && node.platform === 'linux');
  if (named !== undefined) {
    const strange = named.find((one) => !all.some((node) => node.instanceId === one.instanceId));
    if (strange === undefined) return named;
    throw new Error(`cluster '${cluster}' has no running Linux node '${strange.instanceId}'`);
  }
  const auto = all.filter(({ autoMode }) => autoMode);
  if (auto.length > 0) {
    return auto.map((node) => ({ nodeName: node.instanceId, instanceId: node.instanceId }));
  }
  throw new Error(
    `cluster '${cluster}' has no node of EKS Auto Mode; name others that run EKS’s node monitoring agent: --node <node name>=<instance id>`,
  );
}
