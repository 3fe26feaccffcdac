import type { SimulatedCluster } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { al2023, al2023Kernel618, type ClusterPlan, type GroupPlan } from './plan.js';
import { coreDnsPod, counting, ingressPod, lookingUp, withEna } from './deep-plants.js';
import { all, found, foundBy, tableFull, tableFullInPod, withTable } from './plants.js';

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
        machine: all(tableFull(20), counting({ drop: 214, early_drop: 1_310 })),
      },
      {
        ...found('insert-races', 'warning', 'lookups lose their race while the probe runs'),
        machine: counting({ drop: 1_204, insert_failed: 1_219 }, { drop: 3, insert_failed: 3 }),
      },
      {
        ...found('early-evictions', 'notice', 'the table was full for a moment since boot'),
        machine: counting({ early_drop: 1_840 }),
      },
      {
        ...found('allowance-exceeded', 'critical', 'EC2 refuses connections at this moment'),
        tcpEstablishedSeconds: 350,
        machine: withEna({
          exceeded: { conntrack: 3_210, pps: 118 },
          grown: { conntrack: 41 },
          available: 96_000,
        }),
      },
      {
        ...found('link-local-exceeded', 'warning', 'its CoreDNS asks the VPC more than it may'),
        machine: all(
          coreDnsPod(0.25),
          withEna({ exceeded: { linklocal: 9_120 }, grown: { linklocal: 260 } }),
        ),
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
        ...foundBy(
          { 'reading-implausible': 'warning', 'table-pressure': 'critical', 'hot-node': 'warning' },
          'three times as many entries as the limit allows',
        ),
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
        ...foundBy(
          { 'limit-not-durable': 'warning', 'limit-unexpected': 'notice' },
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
      {
        ...foundBy(
          { 'allowance-low': 'warning', 'vpc-idle-timeout': 'warning' },
          'EC2 has little room left, and keeps idle connections for five days',
        ),
        machine: withEna({ available: 2_100 }),
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
    each: {
      ...foundBy(
        { 'table-pressure': 'warning', 'dns-entry-share': 'warning' },
        'the table is used to 80 to 90 %, most of it by lookups',
      ),
      machine: lookingUp(0.58),
    },
  },
  {
    name: 'edge',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 2,
    max: 131_072,
    usage: [0.97, 0.97],
    each: found('table-pressure', 'critical', '97 % of the table is in use'),
    planted: [
      {
        ...foundBy(
          { 'table-pressure': 'critical', 'early-evictions': 'warning' },
          'the table fills to its end again and again, and the kernel makes room',
        ),
        machine: counting({ early_drop: 22_417 }, { early_drop: 12 }),
      },
    ],
  },
  {
    name: 'default',
    kind: 'karpenter',
    instanceType: 'm5.2xlarge',
    count: 14,
    max: 262_144,
    usage: [0.05, 0.42],
    planted: [
      {
        ...foundBy(
          { 'table-pressure': 'warning', 'hot-node': 'warning' },
          'the ingress of the cluster runs on it alone',
        ),
        machine: all(withTable({ entries: 209_715 }), ingressPod(0.7)),
      },
    ],
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
