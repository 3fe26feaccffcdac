/** What one simulated Linux host looks like from inside. An absent part is absent on the host too. */
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
  };
  readonly memTotalKiB: number;
  readonly memAvailableKiB: number;
  readonly vcpus: number;
  /** `uname -r`. */
  readonly kernel: string;
  readonly os: { readonly id: string; readonly version: string };
  readonly bootId: string;
  readonly uptimeSeconds: number;
  /** A kube-proxy that runs under containerd. Absent: no process of that name can be seen. */
  readonly kubeProxy?: {
    /** Tag of its image: `v1.31.2-minimal-eksbuild.3`. */
    readonly tag: string;
    readonly maxPerCore: number;
    readonly min: number;
  };
  /** Lines of the kernel log as dmesg prints them. Absent: reading it is not permitted. */
  readonly kernelLog?: readonly string[];
}
