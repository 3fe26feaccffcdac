import { coreDnsShare, dnsShare, runsCoreDns, udpDnsShare } from '../measure/dns-share.js';
import type { Severity } from '../judge/severity.js';
import { count, percent } from '../text/format.js';
import type { Makeup } from '../node/makeup.js';
import type { Policy } from '../judge/policy.js';
import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareText, type Share } from '../measure/share.js';
import type { NodeFacts } from '../node/snapshot.js';

type Listed = Required<Pick<NodeFacts, 'table' | 'makeup'>>;

/** Share of the table from which lookups are worth a remedy of their own. House choices. */
const LARGE = 0.3;
const MOST = 0.5;

/** Share of the lookups from which "nobody answered" tells something. A house choice. */
const TELLING = 0.1;

/**
 * DNS lookups hold a large share of a table under pressure.
 *
 * Nearly every lookup is an entry of its own that stays 30 seconds after the answer, and a search list
 * makes several of one name. They are also the entries that are easiest to be rid of. Judged by the
 * lower end of the share, so that a sample does not cry wolf.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export const dnsEntryShare = defineRule({
  id: 'dns-entry-share',
  title: 'DNS lookups hold a large share of the table',
  fires:
    'DNS holds 30 % or more of the entries at a usage of 75 % or more (warning), or 50 % or more at a usage of 50 % or more (notice)',
  about: 'filler',
  proof: 'reading',
  requires: ['table', 'makeup'],
  considers: ['timeouts'],

  check({ table, makeup, timeouts }, { policy }) {
    const usage = table.entries / table.max;
    const dns = dnsShare({ table, makeup });
    const severity = dns && severityOf(dns, usage, policy);
    if (dns === undefined || severity === undefined) return undefined;
    return {
      severity,
      summary: `DNS holds ${shareText(dns)} of a table that is used to ${percent(usage)}: ${lookups(makeup)}`,
      measures: { ...tableMeasures(table), ...shareMeasures('dnsShare', dns) },
      why: `${rate({ table, makeup, ...(timeouts && { timeouts }) })}${coreDns({ table, makeup })}`,
    };
  },
});

function severityOf(
  { share, margin }: Share,
  usage: number,
  { warningUsage, targetUsage }: Policy,
): Severity | undefined {
  const atLeast = share - margin;
  if (usage >= warningUsage && atLeast >= LARGE) return 'warning';
  return usage >= targetUsage && atLeast >= MOST ? 'notice' : undefined;
}

/** `11,400 of 20,000 listed entries are lookups over UDP and 200 over TCP`, and the unanswered where they tell. */
function lookups({ listed, dns: { udp, tcp, unreplied } }: Makeup): string {
  const silent =
    unreplied < (udp + tcp) * TELLING
      ? ''
      : `; ${count(unreplied)} of these lookups have no answer yet`;
  return `${count(udp)} of ${count(listed)} listed entries are lookups over UDP and ${count(tcp)} over TCP${silent}`;
}

/** How long a lookup is remembered, and how many a second so many entries are therefore. */
function rate({ table, makeup, timeouts }: Listed & Pick<NodeFacts, 'timeouts'>): string {
  if (makeup.dns.tcp > makeup.dns.udp) {
    return 'a connection for one lookup waits in TIME_WAIT after it, four times as long as a lookup over UDP';
  }
  const kept = 'a lookup over UDP, or a pair for A and AAAA, keeps its entry after the answer';
  const seconds = timeouts?.['udp_timeout'] ?? 0;
  const udp = udpDnsShare({ table, makeup });
  if (seconds === 0 || udp === undefined) return kept;
  const perSecond = Math.round((udp.share * table.entries) / seconds);
  return `${kept}, ${count(seconds)} s here: about ${count(perSecond)} begin each second (estimate)`;
}

/** CoreDNS on this node answers other nodes too: what it holds is not asked by pods of this one. */
function coreDns(facts: Listed): string {
  const held = coreDnsShare(facts);
  if (held === undefined || !runsCoreDns(facts.makeup)) return '';
  return `; CoreDNS runs on this node, holds up to ${shareText(held)} of the table, and answers other nodes too`;
}
