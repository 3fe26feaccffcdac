import type { SimulatedFleet, SimulatedNode } from '../../lib/simulator/fleet.js';
import { aSmallFleet } from '../support/a-small-fleet.js';

const [cluster] = aSmallFleet.clusters;
if (cluster === undefined) throw new Error('the small fleet has no cluster');
const [calm] = cluster.nodes;
if (calm === undefined) throw new Error('the small fleet has no node');

/** A node by the tag of its owner alone: an audit finds it, and the role may not send it anything. */
export const unmarked: SimulatedNode = {
  ...calm,
  instanceId: 'i-0fedcba9876543210',
  tags: { [`kubernetes.io/cluster/${cluster.name}`]: 'owned' },
};

/** The small fleet and that node. */
export const aGuardedFleet: SimulatedFleet = {
  clusters: [{ ...cluster, nodes: [...cluster.nodes, unmarked] }],
  bystanders: [],
};
