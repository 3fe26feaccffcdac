import type { NodeFacts } from './snapshot.js';

/**
 * How to raise the limit on this node's OS: now, durably, back again, and how to see that it worked.
 *
 * kube-proxy writes its own number at each start, so the durable form goes through its ConfigMap.
 * Flags do not work there: with `--config` kube-proxy ignores them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kube-proxy/app/options.go
 */
export function raiseLimitSteps(limit: number, { os, kubeProxy, table }: NodeFacts): string[] {
  const now =
    os?.id === 'bottlerocket'
      ? `now, on the node: apiclient set --json '{"settings":{"kernel":{"sysctl":{"net.netfilter.nf_conntrack_max":"${limit}"}}}}'`
      : `now, on the node: sysctl -w net.netfilter.nf_conntrack_max=${limit} (until kube-proxy starts again)`;
  const undo = `undo: sysctl -w net.netfilter.nf_conntrack_max=${table?.max ?? 0}, and take the durable edit back`;
  const proof = `proof: the next audit reads a limit of ${limit}`;
  if (kubeProxy?.version === 'none') {
    return [now, 'for good: the same sysctl in the user data of the launch template', undo, proof];
  }
  return [
    now,
    `for good: kubectl -n kube-system edit configmap kube-proxy-config, set conntrack.min to ${limit}, then kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)`,
    undo,
    proof,
  ];
}
