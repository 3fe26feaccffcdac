import type { Severity } from '../../core/judge/severity.js';
import { silentReasons, type SilentReason } from '../../core/node/silent-node.js';
import type { Machine } from '../machine.js';
import type { Change, Plant } from './plan.js';

const FOREIGN_NETNS = 4_026_532_177;

/** A node that gives no usable answer, and the reason that an audit must give. */
export function silent(reason: SilentReason, how: Omit<Plant, 'expect'>): Plant {
  return { expect: { silent: reason, because: silentReasons[reason] }, ...how };
}

/** Nodes that a rule must find by what they read, without any other change. */
export function found(rule: string, severity: Severity, because: string): Plant {
  return foundBy({ [rule]: severity }, because);
}

/** Nodes that several rules must find. */
export function foundBy(findings: Readonly<Record<string, Severity>>, because: string): Plant {
  return { expect: { findings, because } };
}

/** One change after the other. */
export function all(...changes: readonly Change[]): Change {
  return (machine) => changes.reduce((changed, change) => change(changed), machine);
}

/** Changes numbers of a host's table. A host without a table stays without. */
export function withTable(change: Partial<NonNullable<Machine['conntrack']>>): Change {
  return ({ conntrack, ...machine }) =>
    conntrack === undefined ? machine : { ...machine, conntrack: { ...conntrack, ...change } };
}

/** Changes what a host tells about its kube-proxy. A host that tells nothing stays that way. */
export function withKubeProxy(change: Partial<NonNullable<Machine['kubeProxy']>>): Change {
  return ({ kubeProxy, ...machine }) =>
    kubeProxy === undefined ? machine : { ...machine, kubeProxy: { ...kubeProxy, ...change } };
}

/** The kernel log says that this host refused flows, some minutes ago. */
export function tableFull(minutesAgo: number): Change {
  return logged(minutesAgo * 60, [
    'nf_conntrack: nf_conntrack: table full, dropping packet',
    'nf_conntrack: nf_conntrack: table full, dropping packet',
    'net_ratelimit: 214 callbacks suppressed',
  ]);
}

/** The kernel log says that another network namespace, a pod's, refused flows; the host did not. */
export function tableFullInPod(minutesAgo: number): Change {
  const where = `in netns ${FOREIGN_NETNS}`;
  return logged(minutesAgo * 60, [
    `nf_conntrack: nf_conntrack: table full ${where}, dropping packet`,
  ]);
}

function logged(secondsAgo: number, lines: readonly string[]): Change {
  return (machine) => {
    const stamp = `[${(machine.uptimeSeconds - secondsAgo).toFixed(6).padStart(12)}]`;
    const stamped = lines.map((line) => `${stamp} ${line}`);
    return { ...machine, kernelLog: [...(machine.kernelLog ?? []), ...stamped] };
  };
}
