import { present } from '../text/present.js';
import { enaOf } from './allowance.js';
import { EntryList } from './entry-list.js';
import { limitNames, type Limits } from './entry-ages.js';
import type { Collector } from './files.js';
import { systemOf } from './host-files.js';
import { nodeLocalOf } from './lookup-rules.js';
import { Owners } from './owners.js';
import { kubeProxyOf, newProcesses, policyAgentOf, type Processes } from './processes.js';
import type { Pick } from './state.js';
import { isHostNetwork, tableSetting, type Settings } from './sysctl.js';

/** What is known beside the files. */
export interface Beside {
  readonly isBottlerocket: boolean;
  readonly collector?: Collector;
  readonly takenAt?: string;
}

/** The timeouts that the probe tells. */
const timeoutNames = [
  ...['tcp_timeout_established', 'tcp_timeout_close_wait', 'tcp_timeout_time_wait'],
  ...['tcp_timeout_syn_sent', 'tcp_timeout_unacknowledged', 'udp_timeout', 'udp_timeout_stream'],
  ...['generic_timeout', 'tcp_timeout_fin_wait', 'tcp_timeout_last_ack', 'tcp_timeout_close'],
  ...['tcp_timeout_syn_recv', 'tcp_timeout_max_retrans', 'icmp_timeout', 'icmpv6_timeout'],
];

/**
 * What a bundle says in the form of the probe's answer, so that the same parsers read both. What it does not say is an
 * absent key.
 */
export function answerOf(pick: Pick, beside: Beside): Readonly<Record<string, unknown>> {
  const { settings } = pick('sysctl');
  const { collector, takenAt } = beside;
  return present({
    v: 1,
    bundle: present({ collector, takenAt }),
    hostNetwork: isHostNetwork(settings),
    entries: tableSetting(settings, 'count'),
    max: tableSetting(settings, 'max'),
    buckets: tableSetting(settings, 'buckets'),
    stat: countersOf(pick),
    timeouts: timeoutsOf(settings),
    ...hostOf(pick, settings, beside),
    ...processesOf(pick),
    ena: enaOf(pick('ethtool').interfaces),
    nodeLocal: nodeLocalOf(pick('ethtool').interfaces.names, rulesOf(pick)),
    list: listOf(pick, settings),
  });
}

function countersOf(pick: Pick): unknown {
  const own = pick('conntrack').conntrack.counters;
  const counters = own.size > 0 ? own : pick('counters').conntrack.counters;
  return counters.size > 0 ? Object.fromEntries(counters) : undefined;
}

function timeoutsOf(settings: Settings): Record<string, number> {
  const known = timeoutNames.map((name) => [name, tableSetting(settings, name)] as const);
  return Object.fromEntries(known.filter(([, seconds]) => seconds !== undefined)) as Record<
    string,
    number
  >;
}

function hostOf(pick: Pick, settings: Settings, { isBottlerocket }: Beside) {
  const [top, { vcpus }] = [pick('top').host, pick('procstat').host];
  const { log } = pick('dmesg');
  return {
    memTotalKiB: top.memTotalKiB,
    memAvailableKiB: top.memAvailableKiB,
    vcpus: vcpus > 0 ? vcpus : undefined,
    kernel: settings.get('kernel.osrelease'),
    os: systemOf(pick('uname').host, isBottlerocket),
    bootId: settings.get('kernel.random.boot_id'),
    uptime: top.uptime,
    tableFull: log.isRead
      ? present({
          lines: log.fullLines,
          named: log.named > 0 ? log.named : undefined,
          lastUptime: log.fullAt,
        })
      : undefined,
  };
}

function processesOf(pick: Pick) {
  const [ps, log] = [pick('ps').processes, pick('kubeProxyLog').processes];
  const all: Processes = {
    ...newProcesses(),
    ...ps,
    ...{ running: pick('tasks').processes.running },
    ...{ proxyTags: pick('containers').processes.proxyTags },
    ...{ hasPolicyImage: pick('containers').processes.hasPolicyImage },
    ...{ hasProxyLog: log.hasProxyLog },
    ...present({ loggedVersion: log.loggedVersion, loggedMode: log.loggedMode }),
  };
  return { kubeProxy: kubeProxyOf(all), policyAgent: policyAgentOf(all) };
}

function rulesOf(pick: Pick) {
  return {
    iptables: pick('iptables').rules.iptables,
    ip6tables: pick('ip6tables').rules.ip6tables,
    nftRaw: pick('nftRaw').rules.nftRaw,
    nftRaw6: pick('nftRaw6').rules.nftRaw6,
  };
}

/** Older versions of conntrack(8) list IPv4 alone unless they are asked, and newer ones would say IPv6 twice. */
function listOf(pick: Pick, settings: Settings): unknown {
  const { conntrack: list } = pick('conntrack');
  const other = pick('conntrack6');
  const more = list.hasIpv6 ? undefined : other.conntrack6;
  const counted = new EntryList({ owners: ownersOf(pick), limits: limitsOf(settings) });
  for (const entry of list.entries) counted.add(entry);
  for (const entry of more?.entries ?? []) counted.add(entry);
  const hasRest = list.hasIpv6 || (other.seen.has('conntrack6') && !other.conntrack6.isCut);
  return counted.told(!list.isCut && hasRest);
}

function limitsOf(settings: Settings): Limits {
  const known = Object.entries(limitNames).map(
    ([state, name]) => [state, tableSetting(settings, name)] as const,
  );
  return Object.fromEntries(known.filter(([, seconds]) => seconds !== undefined));
}

function ownersOf(pick: Pick): Owners {
  return Owners.of([pick('routes').owners, pick('routes6').owners, pick('ipam').owners]);
}
