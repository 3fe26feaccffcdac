import type { Flow } from '../flow.js';
import type { Counts, Ena, Machine } from '../machine.js';
import { suffix } from './network.js';
import type { Change } from './plan.js';
import { withTable } from './plants.js';
import {
  asksOf,
  callsTo,
  filledWith,
  idle,
  leftBehind,
  lookups,
  unansweredCalls,
  type PodName,
  type Timeout,
} from './traffic.js';

/** Lookups become this share of the entries. */
export function lookingUp(share: number): Change {
  return withTraffic((traffic) =>
    filledWith(
      lookups(1),
      share,
      traffic.filter(({ port }) => port !== 53),
    ),
  );
}

/** Connections that only wait for their end become this share of the entries, beside those that wait anyway. */
export function waiting(share: number): Change {
  return withTraffic((traffic, timeout) => filledWith(idle(timeout, 1), share, traffic));
}

/** The one ingress of the cluster runs here, and holds this share of the entries. */
export function ingressPod(share: number): Change {
  return withPod(
    'ingress-nginx',
    `ingress-nginx-controller-${suffix('ingress', 5)}`,
    share,
    callsTo,
  );
}

/** A job that calls what does not answer runs here, and holds this share of the entries. */
export function scannerPod(share: number): Change {
  return withPod('batch', `scanner-${suffix('scanner', 5)}`, share, unansweredCalls);
}

/** Jobs ended here, and the connections that they tried to open are this share of the entries. */
export function endedJobs(share: number): Change {
  return (machine) => {
    const { hostAddress = '' } = machine;
    const goneAddresses = [61, 62, 63].map((last) => hostAddress.replace(/\d+$/, String(last)));
    return withTraffic((traffic) => filledWith(leftBehind(), share, traffic))({
      ...machine,
      goneAddresses,
    });
  };
}

/** CoreDNS runs here, and holds this share of the entries. */
export function coreDnsPod(share: number): Change {
  return withPod('kube-system', `coredns-${suffix('coredns', 5)}`, share, asksOf);
}

function withPod(
  namespace: string,
  name: string,
  share: number,
  flowsOf: (pod: PodName, timeout: Timeout) => Flow[],
): Change {
  return (machine) => {
    const { hostAddress = '', pods = [] } = machine;
    const pod = { namespace, name, address: hostAddress.replace(/\d+$/, '40') };
    return withTraffic((traffic, timeout) =>
      filledWith(flowsOf(`${namespace}/${name}`, timeout), share, traffic),
    )({ ...machine, pods: [...pods, pod] });
  };
}

/** Counters since boot, all on the first CPU, and their growth within the probe. */
export function counting(sinceBoot: Counts, grown: Counts = {}): Change {
  return (machine) => {
    const { counters, later = { seconds: 2.04, entries: 0 } } = machine.conntrack ?? {};
    const first = Object.entries(sinceBoot).map(([name, count]) => [name, [count]] as const);
    return withTable({
      counters: { ...counters, ...Object.fromEntries(first) },
      later: { ...later, counters: { ...later.counters, ...grown } },
    })(machine);
  };
}

/** EC2's counters about its limits. A host without them stays that way. */
export function withEna(change: Partial<Ena>): Change {
  return ({ ena, ...machine }) =>
    ena === undefined ? machine : { ...machine, ena: { ...ena, ...change } };
}

/** AWS's network policy agent runs here. */
export function withPolicyAgent(agent: NonNullable<Machine['policyAgent']>): Change {
  return (machine) => ({ ...machine, policyAgent: agent });
}

/** NodeLocal DNSCache in another state. */
export function withNodeLocalDns(state: NonNullable<Machine['nodeLocalDns']>): Change {
  return (machine) => ({ ...machine, nodeLocalDns: state });
}

function withTraffic(change: (traffic: readonly Flow[], timeout: Timeout) => Flow[]): Change {
  return (machine) => {
    const { traffic, timeouts } = machine.conntrack ?? {};
    const establishedSeconds = timeouts?.['tcp_timeout_established'];
    if (traffic === undefined || establishedSeconds === undefined) return machine;
    return withTable({ traffic: change(traffic, { establishedSeconds }) })(machine);
  };
}
