import { eraOf, type Era } from '../../limit/era.js';
import { conntrackOf } from '../../limit/expected-limit.js';
import { limitInputsOf } from '../../limit/node-inputs.js';
import type { NodeGroupKind } from '../../node/fleet.js';
import type { NodeFacts } from '../../node/snapshot.js';
import { userDataOf } from './provisioner.js';

/**
 * How to raise the limit on this node: now, for good, back again, and how to see that it worked.
 *
 * kube-proxy writes its own number at each start, so what lasts depends on its era. Flags do not work:
 * with `--config`, which EKS uses, kube-proxy ignores them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kube-proxy/app/options.go
 */
export function raiseLimitSteps(limit: number, facts: NodeFacts, kind: NodeGroupKind): string[] {
  const era = eraOf(facts.kubeProxy?.version);
  const lasts = era?.writes === 'raises-only' || era?.writes === 'never' || leavesAlone(facts);
  const durable = forGood(limit, facts, era, `the same setting in ${userDataOf(kind)}`);
  const proof = `proof: the next audit reads a limit of ${limit}`;
  const max = facts.table?.max ?? 0;
  // A limit that is so already asks for nothing now, and leaves nothing on the node to undo.
  if (max === limit) return [...durable, 'undo: take the durable edit back', proof];
  return [
    `now, on the node: ${setLimit(limit, facts)}${lasts ? '' : ' (until kube-proxy starts again)'}`,
    ...durable,
    `undo: ${setLimit(max, facts)}, and take the durable edit back`,
    proof,
  ];
}

/** The command that sets the limit of this node now. */
export function setLimit(limit: number, { os }: NodeFacts): string {
  return os?.id === 'bottlerocket'
    ? `apiclient set --json '{"settings":{"kernel":{"sysctl":{"net.netfilter.nf_conntrack_max":"${limit}"}}}}'`
    : `sysctl -w net.netfilter.nf_conntrack_max=${limit}`;
}

const configMap = 'kubectl -n kube-system edit configmap kube-proxy-config';
const restart = 'kubectl -n kube-system rollout restart daemonset kube-proxy';

function forGood(
  limit: number,
  facts: NodeFacts,
  era: Era | undefined,
  userData: string,
): string[] {
  if (era?.writes === 'never') return [`for good: ${userData}`];
  if (leavesAlone(facts)) {
    return [
      `for good: ${userData}; kube-proxy leaves the limit alone, as conntrack.maxPerCore is 0 in its configuration, and ignores conntrack.min`,
    ];
  }
  if (era?.writes === 'raises-only') {
    return [`for good: ${userData}; this kube-proxy only ever raises the limit`];
  }
  if (minIsIgnored(facts, era)) {
    return [
      `for good: ${configMap}, set conntrack.maxPerCore to 0, then ${restart}; kube-proxy then leaves the limit alone, where with this many vCPUs it would ignore conntrack.min; and ${userData}`,
    ];
  }
  return [
    `for good: ${configMap}, set conntrack.min to ${limit}, then ${restart} (it holds for every node of the cluster)`,
  ];
}

/** Whether kube-proxy is configured to leave the limit alone: whatever min says, it writes none. */
function leavesAlone({ kubeProxy }: NodeFacts): boolean {
  return kubeProxy?.maxPerCore === 0;
}

/** Where vCPUs alone exceed the cap, kube-proxy from 1.36 on takes the cap and does not look at min. */
function minIsIgnored(facts: NodeFacts, era: Era | undefined): boolean {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined || era?.cap === undefined) return false;
  return conntrackOf(inputs).maxPerCore * inputs.vcpus > era.cap;
}
