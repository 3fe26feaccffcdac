import type { SimulatedCluster, SimulatedFleet, SimulatedNode } from '../../lib/simulator/fleet.js';
import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { al2023 } from '../../lib/simulator/fleet/plan.js';

const [template] = buildGroup(
  { name: 'test', os: al2023, kubeProxyTag: 'v1.31.2', establishedSeconds: 86_400 },
  {
    name: 'workers',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 1,
    max: 131_072,
    usage: [0.1, 0.1],
  },
);

/** A healthy node whose id ends in `number`. A test states only what is different. */
export function aSimulatedNode(number: number, change: Partial<SimulatedNode> = {}): SimulatedNode {
  if (template === undefined) throw new Error('there is no node to start from');
  return { ...template, instanceId: anInstanceId(number), ...change };
}

/** The id of `aSimulatedNode(number)`. */
export function anInstanceId(number: number): string {
  return `i-0${number.toString(16).padStart(16, '0')}`;
}

/** An account with these nodes in one cluster, and perhaps more clusters. */
export function aSimulatedFleet(
  nodes: readonly SimulatedNode[],
  ...more: readonly SimulatedCluster[]
): SimulatedFleet {
  return { clusters: [aSimulatedCluster('test', nodes), ...more], bystanders: [] };
}

export function aSimulatedCluster(
  name: string,
  nodes: readonly SimulatedNode[] = [],
): SimulatedCluster {
  const addons = { coredns: 'v1.11.3-eksbuild.2', 'kube-proxy': 'v1.31.2-eksbuild.3' };
  return { name, version: '1.31', addons, autoMode: false, nodes };
}
