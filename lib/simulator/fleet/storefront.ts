import type { SimulatedCluster } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { al2023, al2023Kernel618, type ClusterPlan, type GroupPlan } from './plan.js';
import { found, tableFull, tableFullInPod, withTable } from './plants.js';

/** Kubernetes 1.31: its kube-proxy writes its own limit, lower than the kernel's on small nodes. */
const plan: ClusterPlan = {
  name: 'storefront',
  kubeProxyTag: 'v1.31.2-minimal-eksbuild.3',
  os: al2023,
  establishedSeconds: 86_400,
};

const implausible = (because: string) => found('reading-implausible', 'warning', because);

const groups: readonly GroupPlan[] = [
  {
    name: 'web',
    kind: 'managed',
    instanceType: 't3.xlarge',
    count: 12,
    max: 131_072,
    usage: [0.12, 0.5],
    planted: [
      {
        ...found('table-drops', 'critical', 'the kernel logged table full 20 minutes ago'),
        machine: tableFull(20),
      },
    ],
  },
  {
    name: 'web-canary',
    kind: 'managed',
    instanceType: 't3.xlarge',
    count: 2,
    max: 131_072,
    usage: [0.2, 0.3],
    os: al2023Kernel618,
    planted: [
      {
        expect: { healthy: true, because: 'it was a pod’s network namespace that was full' },
        machine: tableFullInPod(9),
      },
    ],
  },
  {
    name: 'checkout',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 9,
    max: 131_072,
    usage: [0.1, 0.45],
    planted: [
      {
        ...found('limit-unexpected', 'warning', 'somebody lowered the limit to 65,536 by hand'),
        machine: withTable({ max: 65_536, entries: 18_300 }),
      },
      {
        ...implausible('0 entries on a node that has been up for days'),
        machine: withTable({ entries: 0 }),
      },
      {
        ...implausible('three times as many entries as the limit allows'),
        machine: withTable({ entries: 393_216 }),
      },
      {
        ...implausible('the count is that of another network namespace'),
        machine: withTable({ entries: 3, hostNetwork: false }),
      },
    ],
  },
  {
    name: 'ingress',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 3,
    max: 131_072,
    usage: [0.2, 0.3],
    planted: [
      {
        ...found(
          'limit-not-durable',
          'warning',
          'a DaemonSet raised the limit, and kube-proxy will lower it',
        ),
        machine: withTable({ max: 1_048_576, entries: 118_000 }),
      },
      {
        ...found(
          'hash-crowding',
          'warning',
          'somebody made the hash small: 13 entries in each bucket',
        ),
        machine: withTable({ entries: 53_248, buckets: 4_096 }),
      },
    ],
  },
  {
    name: 'search',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 5,
    max: 131_072,
    usage: [0.8, 0.9],
    each: found('table-pressure', 'warning', 'DNS lookups fill 80 to 90 % of the table'),
  },
  {
    name: 'edge',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 2,
    max: 131_072,
    usage: [0.97, 0.97],
    each: found('table-pressure', 'critical', '97 % of the table is in use'),
  },
  {
    name: 'default',
    kind: 'karpenter',
    instanceType: 'm5.2xlarge',
    count: 14,
    max: 262_144,
    usage: [0.05, 0.42],
  },
];

/** The cluster that is in trouble. */
export const storefront: SimulatedCluster = {
  name: plan.name,
  version: '1.31',
  addons: {
    coredns: 'v1.11.3-eksbuild.2',
    'kube-proxy': 'v1.31.2-eksbuild.3',
    'vpc-cni': 'v1.19.0-eksbuild.1',
  },
  autoMode: false,
  nodes: groups.flatMap((group) => buildGroup(plan, group)),
};
