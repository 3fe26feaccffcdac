import type { Account, Gap } from './gap.js';

/** How a node came to be, as its tags tell. `none`: a lone instance nobody groups. */
export type NodeGroupKind = 'managed' | 'karpenter' | 'auto-scaling-group' | 'auto-mode' | 'none';

/** The tags by which people mute findings, as they were read: bounded, raw, and judged by nobody yet. */
export interface MuteTags {
  readonly until?: string;
  readonly reason?: string;
  readonly rule?: string;
}

/** A managed node group that carries such tags. */
export interface NodeGroupMute {
  readonly nodeGroup: string;
  readonly mute: MuteTags;
}

/** How kube-proxy forwards on Linux: `iptables` unless its configuration says another. */
export const proxyModes = ['iptables', 'ipvs', 'nftables'] as const;
export type ProxyMode = (typeof proxyModes)[number];

/** An EKS cluster, as far as its connection tracking depends on it. */
export interface Cluster {
  readonly name: string;
  /** Kubernetes minor of the control plane: `1.31`. */
  readonly version?: string;
  /**
   * Version of the kube-proxy add-on without the EKS build suffix: `1.31.2`. Absent when kube-proxy
   * is not an EKS add-on, which says nothing about what runs on the nodes.
   */
  readonly kubeProxyVersion?: string;
  /** What whoever asks says of kube-proxy: a version, or `none`. It goes before the word of any node. */
  readonly kubeProxyGiven?: string;
  /** Address of the cluster's DNS service: the tenth of its services, IPv4 or IPv6 as they are. */
  readonly dnsAddress?: string;
  /** The family of its services and pods. Absent where EKS does not say. */
  readonly ipFamily?: 'ipv4' | 'ipv6';
  /** Absent where the add-on's configuration does not say: then it is iptables. */
  readonly proxyMode?: ProxyMode;
  /** Absent where no managed node group carries such tags. */
  readonly nodeGroupMutes?: readonly NodeGroupMute[];
}

/** One EC2 instance that joined a cluster: what can be known of it without asking it. */
export interface Node {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly nodeGroupKind: NodeGroupKind;
  readonly platform: 'linux' | 'windows';
  /** True for instances that EKS Auto Mode owns: Systems Manager cannot reach them. */
  readonly autoMode: boolean;
  /** What EC2 gave it of its type: fewer threads where it was launched without SMT. Absent: EC2 does not say. */
  readonly cpu?: { readonly cores: number; readonly threadsPerCore: number };
  /** Seconds that EC2 keeps idle TCP, the longest of its network interfaces. Absent: one has none set, and keeps the default of the type. */
  readonly tcpEstablishedSeconds?: number;
  /** Absent where the instance carries no such tag. */
  readonly mute?: MuteTags;
}

/** An EC2 instance type, as far as a limit or a resize depends on it. */
export interface InstanceShape {
  readonly instanceType: string;
  readonly vcpus: number;
  /** Nominal memory as EC2 sells it; the kernel sees a little less. */
  readonly memoryMiB: number;
  readonly architecture: 'x86_64' | 'arm64' | 'i386' | 'other';
  /** `xen` instances have no ENA allowance counters. */
  readonly hypervisor: 'nitro' | 'xen' | 'none';
  /** Seconds that EC2 keeps idle TCP where no interface says otherwise: 350 on Nitro v6, else 432,000. */
  readonly tcpEstablishedSeconds?: number;
}

/** Everything that discovery learned, at one time. */
export interface Fleet {
  readonly region: string;
  /** Absent where it could not be known. */
  readonly account?: Account;
  readonly clusters: readonly Cluster[];
  /** Names of the clusters that nobody wants audited. Absent: not known. */
  readonly otherClusters?: readonly string[];
  readonly nodes: readonly Node[];
  /** All sizes of each family in use, so that a resize can be weighed. */
  readonly shapes: readonly InstanceShape[];
  /** What discovery could not learn. Absent: nothing is missing. */
  readonly gaps?: readonly Gap[];
}
