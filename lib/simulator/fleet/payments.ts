import type { SimulatedCluster } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { counting, endedJobs, scannerPod, waiting } from './deep-plants.js';
import { al2, type ClusterPlan, type GroupPlan } from './plan.js';
import { all, found, withTable } from './plants.js';

/** Kubernetes 1.28: its kube-proxy only raises the limit, and leaves established flows 5 days. */
const plan: ClusterPlan = {
  name: 'payments',
  kubeProxyTag: 'v1.28.15-minimal-eksbuild.4',
  os: al2,
  establishedSeconds: 432_000,
};

const groups: readonly GroupPlan[] = [
  {
    name: 'general',
    kind: 'managed',
    instanceType: 't3.xlarge',
    count: 12,
    max: 262_144,
    usage: [0.1, 0.47],
    planted: [
      {
        behaviour: 'long',
        expect: { healthy: true, because: 'the answer is cut in a list and whole when read alone' },
      },
      {
        ...found('idle-entries', 'notice', 'a connection pool leaks, and the kernel waits 5 days'),
        machine: all(withTable({ entries: 133_000 }), waiting(0.45)),
      },
    ],
  },
  {
    name: 'workers',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 12,
    max: 262_144,
    usage: [0.05, 0.4],
    planted: [
      {
        ...found('insert-races', 'notice', 'lookups lost races since boot, and lose none now'),
        machine: counting({ drop: 412, insert_failed: 431 }),
      },
    ],
  },
  {
    name: 'reports',
    kind: 'managed',
    instanceType: 't2.medium',
    count: 6,
    max: 131_072,
    usage: [0.06, 0.3],
    planted: [
      {
        ...found('stale-flows', 'notice', 'jobs come and go, and their half-open flows stay'),
        machine: endedJobs(0.02),
      },
    ],
  },
  {
    name: 'payments-batch-asg',
    kind: 'auto-scaling-group',
    instanceType: 'm5.4xlarge',
    count: 4,
    max: 524_288,
    usage: [0.2, 0.5],
    planted: [
      {
        ...found('unreplied-entries', 'notice', 'a job scans what does not answer'),
        machine: all(withTable({ entries: 300_000 }), scannerPod(0.55)),
      },
    ],
  },
];

/** An older cluster on Amazon Linux 2, where nearly all is well. */
export const payments: SimulatedCluster = {
  name: plan.name,
  version: '1.28',
  addons: {
    coredns: 'v1.10.1-eksbuild.13',
    'kube-proxy': 'v1.28.15-eksbuild.4',
    'vpc-cni': 'v1.19.0-eksbuild.1',
  },
  autoMode: false,
  nodes: groups.flatMap((group) => buildGroup(plan, group)),
};
