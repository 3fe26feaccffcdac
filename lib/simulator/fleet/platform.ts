import type { SimulatedCluster } from '../fleet.js';
import { buildGroup } from './build-group.js';
import { al2023Kernel612, bottlerocket, type ClusterPlan, type GroupPlan } from './plan.js';
import { lookingUp, withNodeLocalDns, withPolicyAgent } from './deep-plants.js';
import { all, found, silent, withKubeProxy, withTable } from './plants.js';

/** Kubernetes 1.35: the last minor before kube-proxy caps the limit at 1,048,576. */
const plan: ClusterPlan = {
  name: 'platform',
  kubeProxyTag: 'v1.35.0-minimal-eksbuild.2',
  os: al2023Kernel612,
  establishedSeconds: 86_400,
  nodeLocalDns: true,
};

const groups: readonly GroupPlan[] = [
  {
    name: 'system',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 10,
    max: 131_072,
    usage: [0.05, 0.35],
    planted: [
      {
        expect: {
          healthy: true,
          because: 'the conntrack block of its kube-proxy asks for 655,360',
        },
        machine: all(
          withTable({ max: 655_360, entries: 98_304 }),
          withKubeProxy({ maxPerCore: 65_536, min: 655_360 }),
        ),
      },
      {
        expect: { healthy: true, because: 'its kube-proxy is older than the add-on says' },
        machine: withKubeProxy({ tag: 'v1.34.1-minimal-eksbuild.1' }),
      },
      {
        ...found('node-local-dns-idle', 'warning', 'the cache is there, and its rules are not'),
        machine: all(withNodeLocalDns({ rules: false }), lookingUp(0.22)),
      },
      {
        ...found('node-local-dns-idle', 'warning', 'pods ask past the cache'),
        machine: lookingUp(0.14),
      },
    ],
  },
  {
    name: 'services',
    kind: 'managed',
    instanceType: 'm5.xlarge',
    count: 9,
    max: 131_072,
    usage: [0.07, 0.5],
    os: bottlerocket,
    planted: [
      {
        expect: {
          healthy: true,
          because:
            'its kube-proxy was told maxPerCore: 0, which its control container does not show: nobody knows that it lowers the limit',
        },
        machine: withTable({ max: 1_048_576, entries: 160_000 }),
      },
    ],
  },
  {
    name: 'analytics',
    kind: 'managed',
    instanceType: 'm5.24xlarge',
    count: 2,
    max: 3_145_728,
    usage: [0.2, 0.31],
    planted: [
      {
        ...found('policy-table', 'warning', 'its policy agent has the table that it came with'),
        machine: withPolicyAgent({ enabled: true }),
      },
    ],
  },
  {
    name: 'general-purpose',
    kind: 'auto-mode',
    instanceType: 'm7g.large',
    count: 5,
    max: 131_072,
    usage: [0.1, 0.3],
    os: bottlerocket,
    // Its bundle tells it, where somebody has one made.
    planted: [
      silent('auto-mode', { registration: 'missing', machine: withTable({ entries: 126_500 }) }),
    ],
    each: silent('auto-mode', { registration: 'missing' }),
  },
  {
    name: 'windows',
    kind: 'managed',
    instanceType: 'm5.xlarge',
    count: 1,
    max: 131_072,
    usage: [0, 0],
    each: silent('windows', { platform: 'windows', behaviour: 'invalid-platform' }),
  },
  {
    name: 'jobs',
    kind: 'managed',
    instanceType: 'm5.large',
    count: 13,
    max: 131_072,
    usage: [0.1, 0.4],
    planted: [
      silent('ssm-missing', { registration: 'missing' }),
      silent('ssm-offline', { registration: 'connection-lost' }),
      silent('refused', { registration: 'refused' }),
      silent('undeliverable', { behaviour: 'undeliverable' }),
      silent('delivery-timed-out', { behaviour: 'delivery-timeout' }),
      silent('access-denied', { behaviour: 'access-denied' }),
      silent('invalid-platform', { behaviour: 'invalid-platform' }),
      silent('timed-out', { behaviour: 'hangs' }),
      silent('failed', { behaviour: 'fails' }),
      silent('cancelled', { behaviour: 'cancelled' }),
      silent('no-answer', { behaviour: 'stuck' }),
      silent('truncated', { behaviour: 'chatty' }),
      silent('unreadable', { behaviour: 'garbage' }),
    ],
  },
];

/** The newest cluster, where the nodes that say nothing are. */
export const platform: SimulatedCluster = {
  name: plan.name,
  version: '1.35',
  addons: {
    coredns: 'v1.13.1-eksbuild.1',
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.1',
    'kube-proxy': 'v1.35.0-eksbuild.2',
    'vpc-cni': 'v1.21.1-eksbuild.1',
  },
  autoMode: true,
  nodes: groups.flatMap((group) => buildGroup(plan, group)),
};
