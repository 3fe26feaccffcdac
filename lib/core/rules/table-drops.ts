import { ago } from '../ago.js';
import { refusedForRoom } from '../drop-causes.js';
import { count, plural } from '../format.js';
import { whyThisLimit } from '../node-limit.js';
import type { Policy } from '../policy.js';
import { present } from '../present.js';
import { defineRule } from '../rule.js';
import { sinceBoot, withinProbe } from '../since-boot.js';
import type { NodeFacts } from '../snapshot.js';

/**
 * The kernel refused new flows because the table was full.
 *
 * It says so in its log, at most ten times in five seconds, so that one line can stand for thousands
 * of packets; lines older than the policy looks back have had their audit. And it counts each packet:
 * growth of that counter within the probe is proof without a log. What it counted since boot has no
 * time, so it is told and does not fire.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export const tableDrops = defineRule({
  id: 'table-drops',
  title: 'The kernel dropped packets because the conntrack table was full',
  fires:
    'the kernel log holds a recent `table full, dropping packet` line, or `drop` grew by more than `insert_failed` within the probe (critical)',
  requires: [],
  requiresOneOf: [['tableFull'], ['churn', 'counters']],
  considers: ['boot', 'table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],

  check({ tableFull, churn, counters, boot, table, ...facts }, { policy }) {
    const signs = [logged(tableFull, policy), grown(churn)].filter((sign) => sign !== undefined);
    if (signs.length === 0) return undefined;
    const now =
      table === undefined ? '' : `; ${count(table.entries)} of ${count(table.max)} entries now`;
    const why = [table && whyThisLimit(facts, table), ever(counters, boot)];
    return present({
      severity: 'critical' as const,
      summary: `the kernel ${signs.join(', and ')}${now}`,
      why: why.filter((reason) => reason !== undefined).join('; ') || undefined,
    });
  },
});

function logged(tableFull: NodeFacts['tableFull'], { recentSeconds }: Policy): string | undefined {
  const { lines = 0, secondsAgo } = tableFull ?? {};
  if (lines === 0 || (secondsAgo !== undefined && secondsAgo > recentSeconds)) return undefined;
  const last = secondsAgo === undefined ? 'at an unknown time since boot' : ago(secondsAgo);
  return `logged "table full, dropping packet" ${plural(lines, 'time')}, last ${last}`;
}

function grown(churn: NodeFacts['churn']): string | undefined {
  const refused = refusedForRoom(churn?.counters ?? {});
  if (refused === 0) return undefined;
  return `dropped ${plural(refused, 'packet')} of new flows ${withinProbe(churn)}`;
}

/** How many it was in all: the log is rate limited and tells far fewer. */
function ever(counters: NodeFacts['counters'], boot: NodeFacts['boot']): string | undefined {
  const refused = refusedForRoom(counters ?? {});
  if (refused === 0) return undefined;
  return `${plural(refused, 'packet')} of new flows dropped ${sinceBoot(boot)} (drop without insert_failed)`;
}
