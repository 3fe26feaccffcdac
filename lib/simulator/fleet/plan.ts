import type { NodeGroupKind, ProxyMode } from '../../core/node/fleet.js';
import type { Behaviour } from '../behaviours.js';
import type { Expectation, Registration, SimulatedNode } from '../fleet.js';
import type { Machine } from '../machine.js';

/** Changes a host. */
export type Change = (machine: Machine) => Machine;

/** What sets one node, or one whole group, apart from an ordinary one. */
export interface Plant {
  readonly expect: Expectation;
  readonly registration?: Registration;
  readonly behaviour?: Behaviour;
  readonly platform?: SimulatedNode['platform'];
  readonly tcpEstablishedSeconds?: number;
  /** Changes the host from inside. */
  readonly machine?: Change;
}

/** The operating system of a node. */
export interface Os {
  readonly id: 'amzn' | 'bottlerocket';
  readonly version: string;
  /** `uname -r`. */
  readonly kernel: string;
  /** False: the probe may not read the kernel log. */
  readonly dmesg: boolean;
}

/** The common traits of one cluster's nodes. */
export interface ClusterPlan {
  readonly name: string;
  readonly os: Os;
  /** Tag of the image of its kube-proxy, where nodes tell it. */
  readonly kubeProxyTag: string;
  /** Seconds that this cluster's kube-proxy leaves in `tcp_timeout_established`. */
  readonly establishedSeconds: number;
  /** NodeLocal DNSCache answers the lookups of its pods. @default false */
  readonly nodeLocalDns?: boolean;
  /** Services and pods have IPv6. @default false */
  readonly ipv6?: boolean;
  /** How its kube-proxy forwards. @default 'iptables' */
  readonly proxyMode?: ProxyMode;
}

/** One group of nodes of one cluster. */
export interface GroupPlan {
  readonly name: string;
  readonly kind: NodeGroupKind;
  readonly instanceType: string;
  readonly count: number;
  /** `nf_conntrack_max` of its nodes: written down, not computed, so that a model can be held to it. */
  readonly max: number;
  /** Usage of the emptiest and of the fullest node, as shares of `max`. */
  readonly usage: readonly [number, number];
  /** 1: it was launched without SMT. @default - neither its hosts nor EC2 tell */
  readonly threadsPerCore?: 1 | 2;
  /** A Karpenter before v0.32 launched it, which called node pools provisioners. @default false */
  readonly provisioner?: boolean;
  /** @default - the cluster's */
  readonly os?: Os;
  /** Sets every node of the group apart. */
  readonly each?: Plant;
  /** Sets the first nodes of the group apart, one each. */
  readonly planted?: readonly Plant[];
}

export const al2: Os = {
  id: 'amzn',
  version: '2',
  kernel: '5.10.245-241.978.amzn2.x86_64',
  dmesg: true,
};

export const al2023: Os = {
  id: 'amzn',
  version: '2023',
  kernel: '6.1.158-180.294.amzn2023.x86_64',
  dmesg: true,
};

export const al2023Kernel612: Os = { ...al2023, kernel: '6.12.55-74.119.amzn2023.x86_64' };

export const al2023Kernel618: Os = { ...al2023, kernel: '6.18.8-9.213.amzn2023.x86_64' };

/** Bottlerocket as it is of Kubernetes 1.36 on. */
export const bottlerocketKernel618: Os = {
  id: 'bottlerocket',
  version: '1.62.0',
  kernel: '6.18.8',
  dmesg: false,
};

/** Systems Manager runs in its control container there, which may not read the kernel log. */
export const bottlerocket: Os = {
  id: 'bottlerocket',
  version: '1.51.0',
  kernel: '6.12.55',
  dmesg: false,
};
