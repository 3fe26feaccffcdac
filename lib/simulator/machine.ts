import type { AllowanceName } from '../core/node/allowance.js';
import type { ProxyMode } from '../core/node/fleet.js';
import type { Flow } from './flow.js';

/** Counters of the kernel or EC2 by name; one that is not named is 0. */
export type Counts = Readonly<Record<string, number>>;

/** One simulated Linux host from inside. An absent part is absent on the host too. */
export interface Machine {
  /** Absent: the nf_conntrack module is not loaded, and none of its files exist. */
  readonly conntrack?: {
    readonly entries: number;
    readonly max: number;
    readonly buckets: number;
    /** Column name -> one value per CPU, as `/proc/net/stat/nf_conntrack` shows them. */
    readonly counters?: Readonly<Record<string, readonly number[]>>;
    /** Seconds by sysctl name without `nf_conntrack_`. */
    readonly timeouts?: Readonly<Record<string, number>>;
    /** False: the probe finds itself in a network namespace that is not the host's. */
    readonly hostNetwork?: boolean;
    /** The kinds of entries, as parts of all. Absent: nothing on the host can list them. */
    readonly traffic?: readonly Flow[];
    /** `objsize` of an entry in the slab. Absent: slabinfo is not there. */
    readonly entryBytes?: number;
    /** Changes until the probe looks again. Absent: it looks twice at the same moment. */
    readonly later?: {
      readonly seconds: number;
      /** Entries gained. */
      readonly entries: number;
      /** Growth of columns, all of it on the first CPU. */
      readonly counters?: Counts;
    };
  };
  readonly memTotalKiB: number;
  readonly memAvailableKiB: number;
  readonly vcpus: number;
  /** 1: it was launched without SMT, or its type has none. Absent: neither the host nor EC2 tells. */
  readonly threadsPerCore?: number;
  /** `uname -r`. */
  readonly kernel: string;
  /** The host's: what a script finds on Bottlerocket is the file of a container, and the host's beside it. */
  readonly os: { readonly id: string; readonly version: string };
  readonly bootId: string;
  readonly uptimeSeconds: number;
  /** A kube-proxy that runs under containerd. Absent: no process of that name can be seen. */
  readonly kubeProxy?: {
    /** Tag of its image: `v1.31.2-minimal-eksbuild.3`. */
    readonly tag: string;
    readonly maxPerCore: number;
    readonly min: number;
    /** @default 'iptables' */
    readonly mode?: ProxyMode;
  };
  /** Lines of the kernel log as dmesg prints them. Absent: reading it is not permitted. */
  readonly kernelLog?: readonly string[];
  /** AWS's network policy agent. Absent: no process of it can be seen. */
  readonly policyAgent?: {
    /** It enforces policies. */
    readonly enabled: boolean;
    /** Entries of its own table. Absent: its arguments name no size. */
    readonly tableSize?: number;
  };
  /** IPv4 address of the host. */
  readonly hostAddress?: string;
  /** IPv6 address of the host, as the kernel writes it. Absent: its pods have IPv4. */
  readonly hostAddress6?: string;
  /** Addresses of pods that were here, and which no pod has now. */
  readonly goneAddresses?: readonly string[];
  /** Pods with an address of their own. Absent: the files of the VPC CNI cannot be seen. */
  readonly pods?: readonly Pod[];
  /** Interfaces with Amazon's driver. Absent: there are none, or no ethtool to ask them. */
  readonly ena?: Ena;
  /** Absent: the interface of NodeLocal DNSCache is not there. */
  readonly nodeLocalDns?: {
    /** False: its rules are not loaded. Absent: rules cannot be read here. */
    readonly rules?: boolean;
    /** Packets that met the rules. @default 0 */
    readonly packets?: number;
  };
}

/** A pod of this host and its address, IPv4 or IPv6. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
}

/** Counters of Amazon's network driver about EC2's limits. */
export interface Ena {
  readonly interfaces: number;
  /** Packets over a limit since boot, all of them on the first interface. */
  readonly exceeded?: Readonly<Partial<Record<AllowanceName, number>>>;
  /** Growth of those until the probe looks again. */
  readonly grown?: Readonly<Partial<Record<AllowanceName, number>>>;
  /** Connections that EC2 would still track. Absent: the driver is too old to tell. */
  readonly available?: number;
}
