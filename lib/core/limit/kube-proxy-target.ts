/** The part of kube-proxy's `conntrack` configuration that decides the limit. */
export interface KubeProxyConntrack {
  /** Entries per vCPU; 0 makes kube-proxy leave the limit alone, and ignore `min`. */
  readonly maxPerCore: number;
  readonly min: number;
}

/** kube-proxy's own defaults, which are also what EKS ships in `kube-proxy-config`. */
export const defaultConntrack: KubeProxyConntrack = { maxPerCore: 32_768, min: 131_072 };

/** What kube-proxy computes, whether or not it may write it. */
export interface KubeProxyTarget {
  readonly limit: number;
  readonly boundBy: 'kube-proxy-cores' | 'kube-proxy-min' | 'kube-proxy-cap';
}

/**
 * The limit that kube-proxy computes for a node. Undefined: it leaves the limit alone. If cores and
 * minimum give the same, cores bind, since another vCPU would raise it.
 *
 * kube-proxy tests the cap on the scaled value first: above it, it ignores even a higher `min`.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/proxy/conntrack/sysctls.go
 */
export function kubeProxyTarget(
  vcpus: number,
  { maxPerCore, min }: KubeProxyConntrack,
  cap = Infinity,
): KubeProxyTarget | undefined {
  if (maxPerCore <= 0) return undefined;
  const scaled = maxPerCore * vcpus;
  if (scaled > cap) return { limit: cap, boundBy: 'kube-proxy-cap' };
  if (min > scaled) return { limit: min, boundBy: 'kube-proxy-min' };
  return { limit: scaled, boundBy: 'kube-proxy-cores' };
}
