import type { Flow } from '../flow.js';
import type { Pod } from '../machine.js';
import type { ClusterPlan } from './plan.js';

/** Seconds that the kernel keeps each state: `nf_conntrack_tcp_timeout_time_wait` and so on. */
const CLOSING = [1, 120] as const;
const CLOSE_WAIT = [60, 3_600] as const;
const LOOKUP = [1, 30] as const;
const STREAM = [1, 120] as const;

/** How long the kernel keeps an established connection that nobody uses. */
export type Timeout = Pick<ClusterPlan, 'establishedSeconds'>;

/** Namespace and name. */
export type PodName = `${string}/${string}`;

/**
 * What most nodes carry: a service that is called and calls others, the node's own talk with its
 * cluster, and lookups. About a quarter of the entries only wait, and one in eight is a lookup, or one
 * in forty where NodeLocal DNSCache answers.
 */
export function ordinaryTraffic(cluster: ClusterPlan, pods: readonly Pod[]): Flow[] {
  const [first] = pods;
  if (first === undefined) throw new Error('ordinary traffic needs at least one pod, got none');
  return [
    ...workload(cluster, `${first.namespace}/${first.name}`),
    ...ofTheHost(cluster),
    ...(cluster.nodeLocalDns === true ? lookups(2) : lookups(12)),
  ];
}

function workload(timeout: Timeout, busiest: PodName): Flow[] {
  const seconds = inUse(timeout);
  const tcp = { protocol: 'tcp', from: 'pods', port: 443 } as const;
  return [
    { ...tcp, weight: 24, state: 'ESTABLISHED', to: 'service', seconds },
    { ...tcp, weight: 10, state: 'ESTABLISHED', to: 'world', seconds },
    { ...tcp, weight: 10, state: 'ESTABLISHED', from: 'peers', to: busiest, port: 8080, seconds },
    ...idle(timeout, 6),
    { ...tcp, weight: 18, state: 'TIME_WAIT', to: 'service', seconds: CLOSING },
    { ...tcp, weight: 3, state: 'FIN_WAIT', to: 'world', seconds: CLOSING },
    { ...tcp, weight: 1, state: 'SYN_SENT', to: 'world', seconds: CLOSING, reply: 'unreplied' },
  ];
}

/** kubelet and the API server call each other; so do the node's clock and its time server. */
function ofTheHost(timeout: Timeout): Flow[] {
  const seconds = inUse(timeout);
  const tcp = { protocol: 'tcp', state: 'ESTABLISHED', seconds } as const;
  return [
    { ...tcp, weight: 6, from: 'host', to: 'peers', port: 443 },
    { ...tcp, weight: 5, from: 'peers', to: 'host', port: 10250 },
    { weight: 1, protocol: 'udp', from: 'host', to: 'peers', port: 123, seconds: LOOKUP },
  ];
}

/** Lookups of pods at the cluster's DNS service, 1 in 12 of them without an answer. */
export function lookups(weight: number): Flow[] {
  const udp = { protocol: 'udp', from: 'pods', to: 'dns', port: 53 } as const;
  return [
    { ...udp, weight: weight * (9 / 12), seconds: LOOKUP },
    { ...udp, weight: weight * (2 / 12), seconds: STREAM, reply: 'assured' },
    { ...udp, weight: weight * (1 / 12), seconds: LOOKUP, reply: 'unreplied' },
  ];
}

/** Connections to a database that nobody uses or closes, and some that only one end has closed. */
export function idle({ establishedSeconds }: Timeout, weight: number): Flow[] {
  const tcp = { protocol: 'tcp', from: 'pods', to: 'service', port: 5432 } as const;
  // Untouched for two hours or more.
  const seconds = [60, establishedSeconds - 7_200] as const;
  return [
    { ...tcp, weight: weight * 0.75, state: 'ESTABLISHED', seconds },
    { ...tcp, weight: weight * 0.25, state: 'CLOSE_WAIT', seconds: CLOSE_WAIT },
  ];
}

/** Connections that a pod tries to open, and that nobody answers. */
export function unansweredCalls(pod: PodName): Flow[] {
  const syn = { protocol: 'tcp', state: 'SYN_SENT', reply: 'unreplied' } as const;
  return [{ ...syn, weight: 1, from: pod, to: 'world', port: 6379, seconds: CLOSING }];
}

/** Connections that pods tried to open before they ended, and that nobody answers. */
export function leftBehind(): Flow[] {
  const syn = { protocol: 'tcp', state: 'SYN_SENT', reply: 'unreplied' } as const;
  return [{ ...syn, weight: 1, from: 'gone', to: 'peers', port: 9_092, seconds: CLOSING }];
}

/** Connections of clients to one pod. */
export function callsTo(pod: PodName, timeout: Timeout): Flow[] {
  const tcp = { protocol: 'tcp', from: 'peers', to: pod, port: 8443 } as const;
  return [
    { ...tcp, weight: 85, state: 'ESTABLISHED', seconds: inUse(timeout) },
    { ...tcp, weight: 15, state: 'TIME_WAIT', seconds: CLOSING },
  ];
}

/** Lookups that a CoreDNS answers, and those that it passes on to the resolver of the VPC. */
export function asksOf(coreDns: PodName): Flow[] {
  const udp = { protocol: 'udp', port: 53, seconds: LOOKUP } as const;
  return [
    { ...udp, weight: 60, from: 'peers', to: coreDns },
    { ...udp, weight: 40, from: coreDns, to: 'peers' },
  ];
}

/** `flows` become this share of all; the rest stay in proportion. */
export function filledWith(flows: readonly Flow[], share: number, rest: readonly Flow[]): Flow[] {
  const part = (all: readonly Flow[], whole: number) => {
    const total = all.reduce((sum, { weight }) => sum + weight, 0);
    return all.map((flow) => ({ ...flow, weight: (flow.weight / total) * whole }));
  };
  return [...part(flows, share), ...part(rest, 1 - share)];
}

/** Established, and used within the last ten minutes. */
function inUse({ establishedSeconds }: Timeout): readonly [number, number] {
  return [establishedSeconds - 600, establishedSeconds];
}
