import { ago } from '../text/ago.js';
import { refusedForRoom } from '../measure/drop-causes.js';
import { isLogOfAnotherNamespace } from '../measure/foreign-log.js';
import { count, plural } from '../text/format.js';
import {
  grownBy,
  grownText,
  hasGrown,
  totalOf,
  windowOf,
  type Grown,
} from '../measure/counter-growth.js';
import { whyThisLimit } from '../limit/node-limit.js';
import type { Problem } from '../judge/finding.js';
import type { Measures } from '../judge/measures.js';
import type { Policy } from '../judge/policy.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { sinceBoot } from '../measure/since-boot.js';
import type { Growth, NodeFacts } from '../node/snapshot.js';

/**
 * The kernel refused new flows because the table was full.
 *
 * It says so in its log, at most ten times in five seconds, so that one line can stand for thousands
 * of packets; lines from before the last audit have had theirs, as have those older than the policy
 * looks back where there was none. And it counts each packet: growth of that counter since the last
 * audit, or within the probe, is proof without a log. What it counted since boot has no time, and is a
 * warning at first sight of a node.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export const tableDrops = defineRule({
  id: 'table-drops',
  title: 'The kernel dropped packets because the conntrack table was full',
  fires:
    'the kernel logged `table full, dropping packet` since the last audit (at first sight of a node: within a day), or `drop` grew by more than `insert_failed` since then or within the probe (critical); at first sight of a node `drop` is above `insert_failed` since boot (warning); the log is that of another network namespace (notice)',
  about: 'room',
  proof: 'growth',
  requires: [],
  requiresOneOf: [['tableFull'], ['churn', 'counters'], ['growth', 'counters']],
  considers: [
    'boot',
    'table',
    'kubeProxy',
    'kubeProxyConfigState',
    'memory',
    'shape',
    'vcpus',
    'kernel',
    'os',
  ],

  check(facts, { policy }) {
    const refused = grownBy(facts, 'drop', refusedForRoom);
    const log = logged(facts.tableFull, policy, facts.growth);
    const isForeign = !hasGrown(refused) && isLogOfAnotherNamespace(facts);
    const signs = [isForeign ? undefined : log, grown(refused, facts)].filter(
      (sign) => sign !== undefined,
    );
    if (signs.length === 0) {
      const isFirstSight = refused.between === undefined;
      return (
        foreign(isForeign ? log : undefined, refused, facts) ??
        (isFirstSight ? sinceBootOnly(refused, facts) : undefined)
      );
    }
    return present({
      severity: 'critical' as const,
      summary: `the kernel ${signs.join(', and ')}${nowText(facts.table)}`,
      measures: measuresOf(refused, facts),
      why: reasons(facts),
    });
  },
});

function nowText(table: NodeFacts['table']): string {
  if (table === undefined) return '';
  return `; ${count(table.entries)} of ${count(table.max)} entries now`;
}

/** Where the limit comes from, and at first sight of a node how many packets it was in all. */
function reasons(facts: NodeFacts): string | undefined {
  const { table, growth, counters, boot } = facts;
  const before = growth === undefined ? ever(counters, boot) : undefined;
  const limit = table && whyThisLimit(facts, table);
  if (before === undefined) return limit;
  return limit === undefined ? before : `${limit.replace(/[.]$/, '')}; ${before}`;
}

/** Before Linux 6.18 a line does not say whose table was full, and a pod may have one of its own. */
function foreign(log: string | undefined, refused: Grown, facts: NodeFacts): Problem | undefined {
  if (log === undefined) return undefined;
  return {
    severity: 'notice',
    summary: `the kernel ${log}, and this host's own table refused and evicted nothing since boot: the table of another network namespace was full, such as a pod's`,
    measures: measuresOf(refused, facts),
    why: 'drop and early_drop of the host count every packet and entry, and both are 0; `ip netns` and `nsenter` lead to the other tables',
    cause: 'another-namespace',
  };
}

/** At first sight of a node: it happened, and nobody knows when. */
function sinceBootOnly(refused: Grown, facts: NodeFacts): Problem | undefined {
  const { counters, boot } = facts;
  const dropped = refusedForRoom(counters ?? {});
  if (dropped === 0) return undefined;
  const { windowSeconds, ...withoutWindow } = measuresOf(refused, facts);
  return {
    severity: 'warning',
    summary: `the kernel dropped ${plural(dropped, 'packet')} of new flows ${sinceBoot(boot)} for want of room; when is not known at first sight of a node`,
    measures: { ...withoutWindow, dropped },
  };
}

/** How many were dropped is known where the counter was read twice; one line of the log stands for many. */
function measuresOf(refused: Grown, facts: NodeFacts): Measures {
  const { counters, table, tableFull } = facts;
  const windowSeconds = counters && windowOf(refused, facts);
  const dropped = windowSeconds === undefined ? undefined : totalOf(refused);
  const { lines: tableFullLines, secondsAgo } = tableFull ?? {};
  return {
    ...tableMeasures(table),
    ...present({ dropped, windowSeconds, tableFullLines, secondsAgo }),
  };
}

function logged(
  tableFull: NodeFacts['tableFull'],
  { recentSeconds }: Policy,
  growth: Growth | undefined,
): string | undefined {
  const { lines = 0, secondsAgo } = tableFull ?? {};
  if (lines === 0) return undefined;
  const last = secondsAgo === undefined ? 'at an unknown time since boot' : ago(secondsAgo);
  const heard =
    secondsAgo === undefined
      ? // Every line stands for a drop that is counted, so that the counter dates it.
        growth?.counters['drop'] !== undefined
      : secondsAgo > (growth?.seconds ?? recentSeconds);
  if (heard) return undefined;
  return `logged "table full, dropping packet" ${plural(lines, 'time')}, last ${last}`;
}

function grown(refused: Grown, since: Pick<NodeFacts, 'growth' | 'churn'>): string | undefined {
  if (!hasGrown(refused)) return undefined;
  const packets = (amount: number) => `${plural(amount, 'packet')} of new flows`;
  return `dropped ${grownText(refused, packets, since)}`;
}

/** How many it was in all: the log is rate limited and tells far fewer. */
function ever(counters: NodeFacts['counters'], boot: NodeFacts['boot']): string | undefined {
  const refused = refusedForRoom(counters ?? {});
  if (refused === 0) return undefined;
  return `${plural(refused, 'packet')} of new flows dropped ${sinceBoot(boot)} (drop without insert_failed)`;
}
