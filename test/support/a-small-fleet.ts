import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { al2023, type ClusterPlan, type GroupPlan } from '../../lib/simulator/fleet/plan.js';
import { found, silent } from '../../lib/simulator/fleet/plants.js';
import type { SimulatedFleet } from '../../lib/simulator/fleet.js';

const plan: ClusterPlan = {
  name: 'small',
  os: al2023,
  kubeProxyTag: 'v1.31.2-minimal-eksbuild.3',
  establishedSeconds: 86_400,
};

const group = {
  kind: 'managed',
  instanceType: 'm5.large',
  count: 1,
  max: 131_072,
} as const satisfies Partial<GroupPlan>;

const groups: readonly GroupPlan[] = [
  { ...group, name: 'calm', usage: [0.1, 0.1] },
  {
    ...group,
    name: 'hot',
    usage: [0.97, 0.97],
    planted: [found('table-pressure', 'critical', 'nearly full')],
  },
  {
    ...group,
    name: 'gone',
    usage: [0.1, 0.1],
    planted: [silent('ssm-missing', { registration: 'missing' })],
  },
  { ...group, name: 'also-calm', usage: [0.2, 0.2] },
];

/** Four nodes: two calm, one nearly full, one that Systems Manager does not know. */
export const aSmallFleet: SimulatedFleet = {
  clusters: [
    {
      name: plan.name,
      version: '1.31',
      addons: { 'kube-proxy': 'v1.31.2-eksbuild.3' },
      autoMode: false,
      nodes: groups.flatMap((one) => buildGroup(plan, one)),
    },
  ],
  bystanders: [],
};
