import type { Allowance } from './allowance.js';
import type { InstanceShape, Node, ProxyMode } from './fleet.js';
import type { Makeup } from './makeup.js';

/**
 * The conntrack table of a node as it was read.
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export interface Table {
  /** `nf_conntrack_count`. Above `max` while a limit that was just lowered drains. */
  readonly entries: number;
  /** `nf_conntrack_max`, at least 1. */
  readonly max: number;
  /** `nf_conntrack_buckets`. */
  readonly buckets?: number;
}

/** The same three numbers before anyone judged whether they can be true. 0 stays 0 here. */
export interface Reading {
  readonly entries?: number;
  readonly max?: number;
  readonly buckets?: number;
}

/** What `table full, dropping packet` lines the kernel log holds. Rate limited: a lower bound. */
export interface TableFullLines {
  readonly lines: number;
  /**
   * Of those, lines that name this host's network namespace, as Linux 6.18 does. Absent where none does:
   * older kernels name none, so that a line may be of a pod's own namespace.
   */
  readonly named?: number;
  /** Seconds from the last line to the reading; absent when the log carries no time. */
  readonly secondsAgo?: number;
}

/** The `conntrack` block of kube-proxy's configuration: the keys that it has, in kube-proxy's own names. */
export interface KubeProxyConfig {
  /** EKS ships 32768, kube-proxy's own default. 0: it leaves the limit alone, and ignores `min`. */
  readonly maxPerCore?: number;
  /** EKS ships 131072, kube-proxy's own default. */
  readonly min?: number;
  /** Seconds. 0: the timeout is left alone. */
  readonly tcpEstablishedTimeout?: number;
  readonly tcpCloseWaitTimeout?: number;
  readonly udpTimeout?: number;
  readonly udpStreamTimeout?: number;
}

/**
 * How well kube-proxy's configuration is known. `known`: the block was read, and a key that is not in
 * `kubeProxyConfig` is not in it, so that kube-proxy's own default holds for it. `absent`: the
 * configuration was read, and has no such block or an empty one: all of kube-proxy's defaults hold.
 * `not-understood`: it was seen, and says something that this product or kube-proxy itself does not
 * understand. `not-visible`: it cannot be seen from where the probe ran. In the last two nothing may be
 * concluded from what `kubeProxyConfig` lacks.
 */
export type KubeProxyConfigState = 'known' | 'absent' | 'not-understood' | 'not-visible';

/** Who sets the limit at boot of Kubernetes, where it is known. */
export interface KubeProxy extends KubeProxyConfig {
  /** `1.31.2`, or `none` where no kube-proxy runs. */
  readonly version: string;
  /** Where the version is from; the configuration is always the node's own. */
  readonly source: 'add-on' | 'node' | 'given';
}

/** What changed between two readings within one probe, a few seconds apart. */
export interface Churn {
  /** Seconds between the two readings, above 0. */
  readonly seconds: number;
  /** Entries gained; below 0 where the table drained. */
  readonly entries: number;
  /** What judged columns of the counters grew by; a column that did not grow is 0 or not there. */
  readonly counters: Readonly<Record<string, number>>;
}

/** What changed since the last audit read this node, in the same boot. */
export interface Growth {
  /** Seconds between the two readings, above 0. */
  readonly seconds: number;
  /** What judged columns of the counters grew by; absent columns could not be compared. */
  readonly counters: Readonly<Record<string, number>>;
  /** What EC2's counters grew by, without `_allowance_exceeded`. */
  readonly exceeded: Allowance['exceeded'];
}

/** One usage that an audit read. */
export interface UsageAt {
  /** Seconds before this reading: 0 is this one. */
  readonly secondsAgo: number;
  readonly entries: number;
  readonly max: number;
}

/** NodeLocal DNSCache, as far as it shows on the node. */
export interface NodeLocalDns {
  /** Its dummy interface exists: it is installed. */
  readonly interface: boolean;
  /**
   * Rules of IPv4 and IPv6 that keep lookups of port 53 out of the table (NOTRACK). Absent: those of a
   * family could not be read, and there are none in the other.
   */
  readonly rules?: number;
  /** Packets that met those rules on their way in or out. Absent: as `rules`, or nothing counts them. */
  readonly packets?: number;
}

/** The network policy agent of AWS, which keeps a table of connections of its own beside the kernel's. */
export interface NetworkPolicyAgent {
  /** False: it runs, and enforces nothing. */
  readonly enabled: boolean;
  /** Entries of its table by its arguments, `--conntrack-cache-table-size`. Absent: its default holds. */
  readonly tableSize?: number;
}

/** How long EC2 itself keeps an idle TCP connection of this instance. */
export interface VpcTracking {
  /** Seconds, of the network interface that keeps it longest. */
  readonly tcpEstablishedSeconds: number;
  /** True: set on the interface. False: the default of the instance type. */
  readonly configured: boolean;
}

/** The support bundle that a node was read from, in place of the probe. */
export interface BundleSource {
  /** `eks-log-collector` or `node-monitoring-agent`. Absent: its files lie as neither lays them out. */
  readonly collector?: string;
  /** When it was taken, as ISO 8601, UTC. Absent: not known. */
  readonly takenAt?: string;
}

/** One typed thing per key. A key that is absent could not be read, and is never zero instead. */
export interface NodeFacts {
  /** The version of the probe that answered. Absent: it is older than versions. */
  readonly probe?: string;
  /** Absent where the probe answered. */
  readonly bundle?: BundleSource;
  /** Absent when there is no table, or its numbers cannot be judged as one (`max` 0). */
  readonly table?: Table;
  readonly reading?: Reading;
  /** How crowded the hash is: present when table and buckets are. */
  readonly hash?: { readonly buckets: number; readonly entriesPerBucket: number };
  /**
   * Columns of `/proc/net/stat/nf_conntrack` by the header's name, summed over CPUs. Per network
   * namespace, since boot, each CPU's counter 32 bits wide.
   */
  readonly counters?: Readonly<Record<string, number>>;
  /** Seconds by sysctl name without `nf_conntrack_`: `tcp_timeout_established`. */
  readonly timeouts?: Readonly<Record<string, number>>;
  readonly memory?: { readonly totalBytes: number; readonly availableBytes?: number };
  readonly vcpus?: number;
  /** 1 where SMT is off, or the type has none, as Graviton. By the node, else by EC2. */
  readonly threadsPerCore?: number;
  /** `uname -r`. */
  readonly kernel?: string;
  /** The host's, though a container was asked: `ID` and `VERSION_ID` of its release file. */
  readonly os?: { readonly id: string; readonly version?: string };
  readonly boot?: { readonly id?: string; readonly uptimeSeconds: number };
  readonly tableFull?: TableFullLines;
  readonly network?: { readonly host: boolean };
  readonly kubeProxy?: KubeProxy;
  /** Of the kube-proxy that runs here, also where its version is not told by the node. */
  readonly kubeProxyConfig?: KubeProxyConfig;
  /** Absent where no kube-proxy runs, which is certain then. */
  readonly kubeProxyConfigState?: KubeProxyConfigState;
  /** The mode of kube-proxy by its configuration on the node, else by that of the add-on. Absent: not known. */
  readonly proxyMode?: ProxyMode;
  readonly shape?: InstanceShape;
  readonly makeup?: Makeup;
  readonly churn?: Churn;
  /** Absent at first sight of a node, and after it was booted. */
  readonly growth?: Growth;
  /** The usages of the last audits and of this one, oldest first. */
  readonly trend?: readonly UsageAt[];
  readonly allowance?: Allowance;
  /** `allowance.available` as a fact of its own: older drivers do not tell it. */
  readonly allowanceAvailable?: number;
  readonly nodeLocalDns?: NodeLocalDns;
  /** Absent where it does not run, or processes of the host cannot be seen. */
  readonly networkPolicyAgent?: NetworkPolicyAgent;
  /** Bytes of one entry in the kernel's slab, without its extensions: `objsize` of `/proc/slabinfo`. */
  readonly entryBytes?: number;
  readonly vpcTracking?: VpcTracking;
}

export type FactName = keyof NodeFacts;

/** One node's identity and facts at one time. */
export interface Snapshot {
  readonly node: Node;
  readonly facts: NodeFacts;
}
