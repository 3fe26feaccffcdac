import type { InstanceShape, Node } from './fleet.js';

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
  /** Seconds from the last line to the reading; absent when the log carries no time. */
  readonly secondsAgo?: number;
}

/** The `conntrack` block of kube-proxy's configuration, as far as it was read on the node. */
export interface KubeProxyConfig {
  /** `conntrack.maxPerCore` of its configuration; EKS ships 32768. */
  readonly maxPerCore?: number;
  /** `conntrack.min` of its configuration; EKS ships 131072. */
  readonly min?: number;
}

/** Who sets the limit at boot of Kubernetes, where it is known. */
export interface KubeProxy extends KubeProxyConfig {
  /** `1.31.2`, or `none` where no kube-proxy runs. */
  readonly version: string;
  /** Where the version is from; the configuration is always the node's own. */
  readonly source: 'add-on' | 'node' | 'given';
}

/** What the entries are, counted over a list of them or over a sample, which is in hash order and fair. */
export interface Makeup {
  /** Entries that were looked at. */
  readonly listed: number;
  /** Of them, with port 53 as their destination, UDP and TCP. */
  readonly dns: number;
  /** Entries by TCP state: `ESTABLISHED`, `TIME_WAIT`, `CLOSE_WAIT`. */
  readonly tcpStates: Readonly<Record<string, number>>;
}

/** One typed thing per key. A key that is absent could not be read, and is never zero instead. */
export interface NodeFacts {
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
  /** `uname -r`. */
  readonly kernel?: string;
  readonly os?: { readonly id: string; readonly version?: string };
  readonly boot?: { readonly id?: string; readonly uptimeSeconds: number };
  readonly tableFull?: TableFullLines;
  readonly network?: { readonly host: boolean };
  readonly kubeProxy?: KubeProxy;
  /** Of the kube-proxy that runs here, also where its version is not told by the node. */
  readonly kubeProxyConfig?: KubeProxyConfig;
  readonly shape?: InstanceShape;
  readonly makeup?: Makeup;
}

export type FactName = keyof NodeFacts;

/** One node's identity and facts at one time. */
export interface Snapshot {
  readonly node: Node;
  readonly facts: NodeFacts;
}
