import type { SimulatedNode } from '../fleet.js';
import { digits } from './digits.js';
import { ordinaryMachine } from './machines.js';
import type { ClusterPlan, GroupPlan, Plant } from './plan.js';

/** The nodes of one group, the planted ones first. */
export function buildGroup(cluster: ClusterPlan, group: GroupPlan): SimulatedNode[] {
  return Array.from({ length: group.count }, (_, index) => buildNode(cluster, group, index));
}

function buildNode(cluster: ClusterPlan, group: GroupPlan, index: number): SimulatedNode {
  const plant = plantAt(group, index);
  const { platform = 'linux', registration = 'online', behaviour = 'answers' } = plant;
  const { tcpEstablishedSeconds } = plant;
  const machine = ordinaryMachine(cluster, group, index);
  const autoMode = group.kind === 'auto-mode';
  return {
    instanceId: `i-0${digits(`${cluster.name}/${group.name}/${index}`, 16)}`,
    instanceType: group.instanceType,
    state: 'running',
    platform,
    tags: tagsOf(cluster.name, group),
    ...(autoMode ? { operator: 'eks.amazonaws.com' as const } : {}),
    ...(tcpEstablishedSeconds === undefined ? {} : { tcpEstablishedSeconds }),
    registration,
    behaviour,
    machine: plant.machine?.(machine) ?? machine,
    ...(plant.expect === undefined ? {} : { expect: plant.expect }),
  };
}

function plantAt({ planted = [], each }: GroupPlan, index: number): Partial<Plant> {
  return planted[index] ?? each ?? {};
}

/**
 * The tags that AWS and the provisioner put on a node of this kind.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
function tagsOf(cluster: string, { kind, name, provisioner }: GroupPlan): Record<string, string> {
  const joined = { 'aws:eks:cluster-name': cluster, [`kubernetes.io/cluster/${cluster}`]: 'owned' };
  switch (kind) {
    case 'managed':
      return {
        ...joined,
        Name: `${cluster}-${name}`,
        'eks:cluster-name': cluster,
        'eks:nodegroup-name': name,
        'aws:autoscaling:groupName': `eks-${name}-${digits(`${cluster}/${name}`, 8)}`,
        'k8s.io/cluster-autoscaler/enabled': 'true',
        [`k8s.io/cluster-autoscaler/${cluster}`]: 'owned',
      };
    case 'karpenter':
      return provisioner === true
        ? {
            ...joined,
            Name: `karpenter.sh/provisioner-name/${name}`,
            'karpenter.sh/managed-by': cluster,
            'karpenter.sh/provisioner-name': name,
          }
        : { ...joined, 'karpenter.sh/nodepool': name, 'eks:eks-cluster-name': cluster };
    case 'auto-scaling-group':
      return { ...joined, 'aws:autoscaling:groupName': name };
    case 'auto-mode':
      return {
        [`kubernetes.io/cluster/${cluster}`]: 'owned',
        'eks:eks-cluster-name': cluster,
        'eks:kubernetes-node-pool-name': name,
        'eks:kubernetes-node-class-name': 'default',
      };
    case 'none':
      return joined;
  }
}
