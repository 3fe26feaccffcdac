import type { SimulatedFleet, SimulatedNode } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { media } from './media.js';
import { payments } from './payments.js';
import { al2023, type ClusterPlan, type GroupPlan } from './plan.js';
import { platform } from './platform.js';
import { storefront } from './storefront.js';

/**
 * Four clusters with about 140 nodes, most of them healthy at 5 to 50 %. Each other node carries a note
 * of what an audit must say. The fleet is the same in every run.
 */
export const builtInFleet: SimulatedFleet = {
  clusters: [payments, storefront, platform, media],
  bystanders: [bastion(), stoppedNode()],
};

/** Answers to Systems Manager and has no tag of a cluster. */
function bastion(): SimulatedNode {
  return { ...loneNode('bastion'), tags: { Name: 'bastion' } };
}

/** A node that its Auto Scaling group stopped: its tags are still there. */
function stoppedNode(): SimulatedNode {
  return { ...loneNode('payments'), state: 'stopped', registration: 'connection-lost' };
}

function loneNode(name: string): SimulatedNode {
  const plan: ClusterPlan = {
    name,
    os: al2023,
    kubeProxyTag: 'v1.31.2',
    establishedSeconds: 432_000,
  };
  const group: GroupPlan = {
    name: 'lone',
    kind: 'none',
    instanceType: 't3.micro',
    count: 1,
    max: 7_680,
    usage: [0.02, 0.02],
  };
  const [node] = buildGroup(plan, group);
  if (node === undefined) throw new Error('a group of one node has no node');
  return node;
}
