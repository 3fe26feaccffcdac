import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareOf, shareText } from '../measure/share.js';
import type { Makeup } from '../node/makeup.js';
import type { NodeFacts, Table } from '../node/snapshot.js';
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
    const unanswered = Math.max(0, makeup.unreplied - makeup.dns.unreplied);
    const share = shareOf(unanswered, makeup, table.entries);
    if (share === undefined || usage < policy.targetUsage) return undefined;
    if (share.share - share.margin < LARGE) return undefined;
    const halfOpen = makeup.tcpStates['SYN_SENT'] ?? 0;
    return {
      severity: usage >= policy.warningUsage ? ('warning' as const) : ('notice' as const),
      summary: `flows without an answer hold ${shareText(share)} of a table that is used to ${percent(usage)}: ${count(unanswered)} of ${count(makeup.listed)} listed entries, ${count(halfOpen)} of them in SYN_SENT; ${busiest(makeup, table)}`,
      measures: { ...tableMeasures(table), ...shareMeasures('unrepliedShare', share) },
      why: `somebody calls what does not answer: a scan, a target that is gone, or a firewall that drops${kept(timeouts)}`,
    };
  },
});

/** The port and the pod that hold most of the whole table: where so much of it has no answer, mostly these flows. */
function busiest(makeup: Makeup, { entries }: Table): string {
  const share = (part: number) => {
    const of = shareOf(part, makeup, entries);
    return of === undefined ? '' : ` (${shareText(of)})`;
  };
  const [port] = makeup.ports;
  const holder = makeup.holders.find(({ owner }) => owner !== undefined) ?? makeup.holders[0];
  const named = [
    port === undefined ? undefined : `to ${port.port}${share(port.entries)}`,
    holder && `by ${holder.owner ?? holder.address}${share(holder.entries)}`,
  ].filter((name) => name !== undefined);
  return named.length === 0
    ? 'to which port and by whom was not read'
    : `most entries of all are ${named.join(', ')}`;
}

function kept(timeouts: NodeFacts['timeouts']): string {
  const seconds = timeouts?.['tcp_timeout_syn_sent'];
  return seconds === undefined
    ? ''
    : `; the kernel keeps a SYN without an answer ${count(seconds)} s`;
}
