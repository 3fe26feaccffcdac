import { clientDnsShare, runsCoreDns, udpDnsShare } from '../measure/dns-share.js';
import { plural } from '../text/format.js';
import type { Makeup } from '../node/makeup.js';
import type { Measures } from '../judge/measures.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { shareMeasures } from '../judge/table-measures.js';
import { shareText, type Share } from '../measure/share.js';
import type { NodeLocalDns } from '../node/snapshot.js';

/** Share of the table, and listed entries, below which lookups beside the cache are ordinary. House choices. */
const SHARE = 0.05;
const ENTRIES = 100;

/**
 * NodeLocal DNSCache is installed, and lookups still become entries.
 *
 * Its rules keep lookups that are sent to it out of the table. Without the rules each lookup is
 * tracked; with them, those that are sent to another nameserver are, as in ipvs mode where kubelet was
 * not told of the cache. What CoreDNS holds on this node is not counted: it answers other nodes, and
 * asks for external names.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export const nodeLocalDnsIdle = defineRule({
  id: 'node-local-dns-idle',
  title: 'NodeLocal DNSCache is installed, and does not keep lookups out of the table',
  fires:
    'its interface is there, and none of its NOTRACK rules is, or DNS over UDP holds 5 % or more of the entries and 100 or more of those listed (warning)',
  about: 'filler',
  proof: 'reading',
  requires: ['nodeLocalDns', 'makeup'],
  considers: ['table'],

  check(facts) {
    const { nodeLocalDns } = facts;
    const { interface: installed, rules } = nodeLocalDns;
    if (!installed) return undefined;
    const udp = lookups(facts);
    if (rules === 0) {
      return {
        severity: 'warning' as const,
        summary: `NodeLocal DNSCache is installed, and none of its rules keeps lookups out of the table${udp === undefined ? '' : `: DNS over UDP holds ${shareText(udp)} of it`}`,
        measures: measuresOf(udp, rules),
        why: 'the cache sets its rules up as long as it runs: it may have ended without taking its interface away, run with -setupiptables=false, or something flushed the raw table',
      };
    }
    if (udp === undefined || !stays(udp, facts.makeup)) return undefined;
    return {
      severity: 'warning' as const,
      summary: `NodeLocal DNSCache is installed${rulesText(nodeLocalDns)}, yet DNS over UDP holds ${shareText(udp)} of the table`,
      measures: measuresOf(udp, rules),
      why: `pods may ask another nameserver: with kube-proxy in ipvs mode only kubelet's clusterDNS leads them to the cache. What the cache itself and programs on the host's network ask stays in the table as well${coreDns(facts.makeup)}`,
    };
  },
});

/** Lookups over UDP, without what CoreDNS may hold of them. */
function lookups(facts: Parameters<typeof udpDnsShare>[0]): Share | undefined {
  const [udp, ofClients] = [udpDnsShare(facts), clientDnsShare(facts)];
  if (udp === undefined || ofClients === undefined) return undefined;
  return udp.share <= ofClients.share ? udp : ofClients;
}

function measuresOf(udp: Share | undefined, notrackRules: number | undefined): Measures {
  return { ...shareMeasures('udpDnsShare', udp), ...present({ notrackRules }) };
}

function stays({ share, margin }: Share, { listed }: Makeup): boolean {
  return share - margin >= SHARE && Math.round(share * listed) >= ENTRIES;
}

function rulesText({ rules, packets }: NodeLocalDns): string {
  if (rules === undefined) return ' (its rules could not be read)';
  const met = packets === 0 ? ', which no packet has met' : '';
  const keep = rules === 1 ? 'keeps' : 'keep';
  return ` with ${plural(rules, 'rule')} that ${keep} lookups out of the table${met}`;
}

function coreDns(makeup: Makeup): string {
  return runsCoreDns(makeup) ? '; what CoreDNS may hold on this node is not counted here' : '';
}
