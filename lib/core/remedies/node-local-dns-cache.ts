import {
  clientDnsShare,
  coreDnsShare,
  countDnsByHand,
  dnsShare,
  runsCoreDns,
  udpDnsShare,
} from '../measure/dns-share.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import { shareText, type Share } from '../measure/share.js';
import { asItIs, usageOnce } from './shared/sizing.js';
import type { NodeFacts, NodeLocalDns } from '../node/snapshot.js';
import { HAS_RESOLVER } from './shared/auto-mode.js';

/** The rule that finds it installed and not in use. */
const IDLE = 'node-local-dns-idle';

/** Share of the table from which lookups beside a cache say that not all of them reach it. A house choice. */
const BESIDE = 0.05;

/**
 * NodeLocal DNSCache takes the lookups of pods out of the table (NOTRACK), and asks upstream over a
 * few connections that it keeps.
 *
 * What it saves is the share that DNS holds of the table. Until a node tells that share, the effect
 * is not predicted, and the remedy says how to measure it. What CoreDNS holds on this node is counted
 * as staying: other nodes ask it, and that is up to their caches.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 * @see https://github.com/kubernetes/dns/blob/master/cmd/node-cache/app/cache_app.go
 */
export const nodeLocalDnsCache: Remedy = {
  id: 'node-local-dns-cache',
  title: 'Let NodeLocal DNSCache answer lookups',
  reach: 'cluster',
  notOnAutoMode: HAS_RESOLVER,
  answers: ['room', 'race'],
  alsoAnswers: {
    'dns-entry-share': 'lookups of pods leave the table',
    [IDLE]: 'it is to be finished',
    'hot-node': 'what is hot may be lookups',
    'link-local-exceeded': 'what is cached is not asked for again',
  },
  files: ['dnsAddress'],

  assess(weighed) {
    const installed = stateOf(weighed);
    if (installed === 'in use') return inUse(weighed);
    if (weighed.rule === 'link-local-exceeded') return atTheResolver(weighed);
    if (installed === 'not told') return notTold(weighed);
    const [dns, clients] = [dnsShare(weighed.facts), clientDnsShare(weighed.facts)];
    return dns === undefined || clients === undefined || weighed.facts.table === undefined
      ? unmeasured(weighed)
      : measured(weighed, dns, clients);
  },
};

/** Absent facts are those of a node without it, as nothing on the node speaks for it. */
function stateOf({ rule, facts }: Case) {
  if (facts.nodeLocalDns?.interface !== true) return 'not installed';
  const { rules, packets } = facts.nodeLocalDns;
  if (rule === IDLE || rules === 0 || packets === 0) return 'idle';
  if (rules === undefined) return 'not told';
  return lookupsBeside(facts) ? 'idle' : 'in use';
}

/** Whether more of this node's own lookups are tracked than a cache in use leaves, for certain. */
function lookupsBeside(facts: NodeFacts): boolean {
  const known = [udpDnsShare(facts), clientDnsShare(facts)];
  return known.every((one) => one !== undefined && one.share - one.margin >= BESIDE);
}

function inUse({ facts, policy }: Case): Weighed {
  const dns = dnsShare(facts);
  const left =
    dns === undefined || dns.share === 0
      ? ''
      : `; the ${shareText(dns)} of the table that DNS still holds belongs to clients that do not ask it, to CoreDNS, or to the cache itself`;
  return {
    helps: false,
    reason: `it is installed on this node and keeps lookups out of the table already${left}`,
    predicted: asItIs(facts, policy),
    steps: [],
  };
}

function notTold({ facts }: Case): Weighed {
  return {
    helps: null,
    reason:
      'it is installed on this node; whether its rules keep lookups out of the table could not be read',
    predicted: facts.table === undefined ? {} : { limit: facts.table.max },
    steps: [
      'on the node: iptables-save -t raw -c | grep "NodeLocal DNS Cache" names its rules and the packets that met them',
      ...finish,
    ],
  };
}

/** EC2 counts packets of each network interface to its resolver, not entries: no usage is predicted. */
function atTheResolver(weighed: Case): Weighed {
  const { makeup } = weighed.facts;
  const asked = makeup !== undefined && runsCoreDns(makeup);
  return {
    helps: asked ? true : null,
    reason: asked
      ? 'CoreDNS on this node asks the VPC resolver for the whole cluster; with the cache each node asks for its own pods, under a limit of its own, and what it has cached not at all'
      : 'what the cache has it does not ask the VPC resolver for, and for the rest each node asks by itself; it relieves the nodes of CoreDNS most, and CoreDNS is not known to hold entries here',
    predicted: {},
    steps: stepsFor(weighed),
  };
}

function unmeasured(weighed: Case): Weighed {
  const { rule, about, facts } = weighed;
  return {
    helps: about === 'race' || rule === IDLE ? true : null,
    reason: `${leadOf(weighed)}${isThere(facts) ? 'finished, ' : ''}it takes the DNS lookups of pods out of the table; how many entries those are was not read on this node`,
    predicted: facts.table === undefined ? {} : { limit: facts.table.max },
    steps: [countDnsByHand, ...stepsFor(weighed)],
  };
}

/** Lookups of pods leave no entry any more, and those of the cache travel over a few connections. */
function measured(weighed: Case, dns: Share, clients: Share): Weighed {
  const { rule, facts, policy } = weighed;
  const helps = rule === IDLE || clients.share > 0 ? true : dns.share > 0 ? null : false;
  return {
    helps,
    reason: `${helps === false ? '' : leadOf(weighed)}${whatLeaves(weighed, dns)}`,
    // What CoreDNS holds is counted as staying, though not all of it need.
    predicted: usageOnce(
      clients,
      0,
      facts,
      policy,
      clients.share < dns.share ? 'at most' : undefined,
    ),
    steps: helps === false ? [] : stepsFor(weighed),
  };
}

function whatLeaves({ facts }: Case, dns: Share): string {
  if (dns.share === 0) return 'no lookup was seen among the entries, so that none would leave';
  const then = isThere(facts) ? ' once it is finished' : '';
  const stays = coreDnsShare(facts);
  const held = `DNS holds ${shareText(dns)} of the table`;
  if (stays === undefined || stays.share === 0) return `${held}, and leaves it${then}`;
  return stays.share === dns.share
    ? `${held}, all of it CoreDNS's, which other nodes ask: how much of that their caches save is not predicted`
    : `${held}, and leaves it${then} but for the ${shareText(stays)} that CoreDNS on this node holds at most: other nodes ask it`;
}

/** What is said before the numbers: why it is idle here, and what it does to lookups that race. */
function leadOf({ about, facts }: Case): string {
  const idle = isThere(facts) ? `${whyIdle(facts.nodeLocalDns)}; ` : '';
  if (about !== 'race') return idle;
  const then = idle === '' ? 'with it' : 'once it is finished';
  return `${idle}${then} lookups of pods are not tracked, and none race for an entry; `;
}

function isThere({ nodeLocalDns }: NodeFacts): boolean {
  return nodeLocalDns?.interface === true;
}

function whyIdle({ rules, packets }: Partial<NodeLocalDns> = {}): string {
  if (rules === 0)
    return 'it is installed here, and has no rule that keeps lookups out of the table';
  return packets === 0
    ? 'it is installed here, and no lookup has met its rules: pods ask another address'
    : 'it is installed here, and lookups still leave entries: not all of them meet its rules';
}

const finish = [
  'finish: kubectl -n kube-system get pods -l k8s-app=node-local-dns -o wide, and read the log of the one on this node',
  'its arguments: -setupiptables not false; -localip with 169.254.20.10 and, unless kube-proxy runs ipvs, the ClusterIP of kube-dns',
  'where kube-proxy runs ipvs: clusterDNS of kubelet must be 169.254.20.10, which new nodes take',
  'undo: set clusterDNS back, and kubectl -n kube-system delete daemonset node-local-dns',
  'proof: the next audit reads its rules, packets that met them, and a smaller share of DNS',
];

const install = [
  'install: https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ with the ClusterIP of the service kube-dns',
  'undo: kubectl -n kube-system delete daemonset node-local-dns',
  'proof: the next audit reads fewer entries',
];

function stepsFor({ facts }: Case): string[] {
  return isThere(facts) ? finish : install;
}
