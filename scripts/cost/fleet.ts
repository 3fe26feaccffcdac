import type { SimulatedCluster, SimulatedFleet } from '../../lib/simulator/fleet.js';
import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { al2023, type ClusterPlan, type GroupPlan } from '../../lib/simulator/fleet/plan.js';
import { found } from '../../lib/simulator/fleet/plants.js';

/** How many of a cluster's nodes are nearly full, so that reports, ledger and messages hold something. */
const ONE_HOT_NODE_OF = 50;

/** An account with so many nodes in so many clusters, alike but for their usage; 1 node of 50 is in trouble. */
export function fleetOf(nodes: number, clusters: number): SimulatedFleet {
  const each = Math.floor(nodes / clusters);
  if (each * clusters !== nodes) {
    throw new Error(`nodes should be a multiple of clusters, got ${nodes} and ${clusters}`);
  }
  return {
    clusters: Array.from({ length: clusters }, (_, at) => clusterOf(`cluster-${at + 1}`, each)),
    bystanders: [],
  };
}

function clusterOf(name: string, nodes: number): SimulatedCluster {
  const plan: ClusterPlan = {
    name,
    os: al2023,
    kubeProxyTag: 'v1.31.2-minimal-eksbuild.3',
    establishedSeconds: 86_400,
  };
  const hot = Math.max(1, Math.round(nodes / ONE_HOT_NODE_OF));
  const workers: GroupPlan = {
    name: 'workers',
    kind: 'managed',
    instanceType: 'm5.large',
    count: nodes - hot,
    max: 131_072,
    usage: [0.05, 0.5],
  };
  const busy: GroupPlan = {
    ...workers,
    name: 'busy',
    count: hot,
    usage: [0.8, 0.97],
    each: found('table-pressure', 'warning', 'nearly full'),
  };
  return {
    name,
    version: '1.31',
    addons: { coredns: 'v1.11.3-eksbuild.2', 'kube-proxy': 'v1.31.2-eksbuild.3' },
    autoMode: false,
    nodes: [workers, busy].flatMap((group) => buildGroup(plan, group)),
  };
}
