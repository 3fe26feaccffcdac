import type { SimulatedCluster } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { lookingUp } from './deep-plants.js';
import {
  al2023Kernel618,
  bottlerocketKernel618,
  type ClusterPlan,
  type GroupPlan,
} from './plan.js';
import { all, found, withTable } from './plants.js';

/** Kubernetes 1.36 with IPv6 and nftables. */
const plan: ClusterPlan = {
  name: 'media',
  kubeProxyTag: 'v1.36.2-minimal-eksbuild.4',
  os: al2023Kernel618,
  establishedSeconds: 86_400,
  ipv6: true,
  proxyMode: 'nftables',
};

const groups: readonly GroupPlan[] = [
  {
    name: 'catalogue',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 5,
    max: 131_072,
    usage: [0.08, 0.45],
    threadsPerCore: 2,
    planted: [
      {
        ...found('dns-entry-share', 'notice', 'lookups over IPv6 hold most of its table'),
        machine: all(withTable({ entries: 69_000 }), lookingUp(0.6)),
      },
    ],
  },
  {
    name: 'cache',
    kind: 'managed',
    instanceType: 'm5.xlarge',
    count: 3,
    max: 131_072,
    usage: [0.1, 0.4],
    os: bottlerocketKernel618,
    threadsPerCore: 2,
    planted: [
      {
        expect: {
          healthy: true,
          because: 'its kube-proxy left the limit of the boot, as a later patch of 1.36 does',
        },
        machine: withTable({ max: 1_048_576, entries: 160_000 }),
      },
    ],
  },
  {
    name: 'encoders',
    kind: 'managed',
    instanceType: 'm5.2xlarge',
    count: 3,
    max: 131_072,
    usage: [0.8, 0.88],
    threadsPerCore: 1,
    each: found('table-pressure', 'warning', 'without SMT its CPUs are half of those of the type'),
  },
  {
    name: 'legacy',
    kind: 'karpenter',
    instanceType: 'm5.large',
    count: 2,
    max: 131_072,
    usage: [0.1, 0.2],
    threadsPerCore: 2,
    provisioner: true,
  },
  {
    name: 'default',
    kind: 'karpenter',
    instanceType: 'm5.xlarge',
    count: 3,
    max: 131_072,
    usage: [0.15, 0.35],
    threadsPerCore: 2,
  },
];

/** The cluster whose nodes answer otherwise than most. */
export const media: SimulatedCluster = {
  name: plan.name,
  version: '1.36',
  addons: {
    coredns: 'v1.13.1-eksbuild.1',
    'kube-proxy': 'v1.36.2-eksbuild.4',
    'vpc-cni': 'v1.21.1-eksbuild.1',
  },
  autoMode: false,
  serviceIpv6Cidr: 'fd4a:9c1e:77d0::/108',
  proxyMode: 'nftables',
  nodes: groups.flatMap((group) => buildGroup(plan, group)),
};
