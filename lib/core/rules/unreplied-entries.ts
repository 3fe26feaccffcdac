import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareOf, shareText } from '../measure/share.js';
import type { Makeup } from '../node/makeup.js';
import type { NodeFacts } from '../node/snapshot.js';
import { count, percent } from '../text/format.js';

/** Share of the table that unanswered flows hold when they are worth a remedy. A house choice. */
const LARGE = 0.3;

/**
 * Flows that nobody answered hold a large share of a table that fills.
 *
 * A scan, a target that is gone or a firewall that drops leaves an entry for each try, and the kernel
 * keeps a SYN for two minutes. Lookups without an answer are not counted: those are on their way, or
 * DNS is what is wrong. Judged by the lower end of the share, so that a sample does not cry wolf.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const unrepliedEntries = defineRule({
  id: 'unreplied-entries',
  title: 'Flows without an answer hold a large share of the table',
  fires:
    'flows that nobody answered, lookups not counted, hold 30 % or more of the entries at a usage of 75 % or more (warning) or 50 % or more (notice)',
  about: 'filler',
  proof: 'reading',
  requires: ['table', 'makeup'],
  considers: ['timeouts'],

  check({ table, makeup, timeouts }, { policy }) {
    const usage = table.entries / table.max;
    const entries = unansweredOf(makeup);
    const share = shareOf(entries, makeup, table.entries);
    if (share === undefined || usage < policy.targetUsage) return undefined;
    if (share.share - share.margin < LARGE) return undefined;
    return {
      severity: usage >= policy.warningUsage ? ('warning' as const) : ('notice' as const),
      summary: `flows without an answer hold ${shareText(share)} of a table that is used to ${percent(usage)}: ${count(entries)} of ${count(makeup.listed)} listed entries${statesText(makeup)}; ${whose(makeup)}`,
      measures: { ...tableMeasures(table), ...shareMeasures('unrepliedShare', share) },
      why: `somebody calls what does not answer: a scan, a target that is gone, or a firewall that drops${kept(timeouts)}`,
    };
  },
});

/** Lookups on their way are not counted. */
function unansweredOf({ unanswered, unreplied, dns }: Makeup): number {
  return Math.max(0, (unanswered?.entries ?? unreplied) - dns.unreplied);
}

/** `, 8,390 of them SYN_SENT and 40 ESTABLISHED`: most first. */
function statesText({ unanswered, tcpStates }: Makeup): string {
  const states = unanswered?.states ?? { SYN_SENT: tcpStates['SYN_SENT'] ?? 0 };
  const named = Object.entries(states)
    .filter(([, entries]) => entries > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([state, entries], at) => `${count(entries)}${at === 0 ? ' of them' : ''} ${state}`);
  return named.length === 0 ? '' : `, ${named.join(' and ')}`;
}

/** The port that most of them call, and the pod that holds most of them. */
function whose({ unanswered }: Makeup): string {
  const { port, holder } = unanswered ?? {};
  const named = [
    port && `most to ${port.port} (${count(port.entries)})`,
    holder && `most by ${holder.owner ?? holder.address} (${count(holder.entries)})`,
  ].filter((name) => name !== undefined);
  return named.length === 0 ? 'to which port and by whom was not read' : named.join(', ');
}

function kept(timeouts: NodeFacts['timeouts']): string {
  const seconds = timeouts?.['tcp_timeout_syn_sent'];
  return seconds === undefined
    ? ''
    : `; the kernel keeps a SYN without an answer ${count(seconds)} s`;
}
