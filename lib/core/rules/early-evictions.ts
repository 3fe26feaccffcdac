import { refusedForRoom } from '../measure/drop-causes.js';
import { count, percent, plural } from '../text/format.js';
import { grownBy, grownText, hasGrown, totalOf, windowOf } from '../measure/counter-growth.js';
import { whyThisLimit } from '../limit/node-limit.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { sinceBoot } from '../measure/since-boot.js';
import type { Table } from '../node/snapshot.js';

/**
 * The kernel evicted entries to make room: the table was full, and no flow was refused yet.
 *
 * It takes entries that are not ASSURED, those of flows without an answer and of short lookups, from the
 * few buckets around the new one. An answer that comes later finds no entry, and no line of the log
 * says so. Once there is nothing left to evict, packets drop (`table-drops`).
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export const earlyEvictions = defineRule({
  id: 'early-evictions',
  title: 'The table was full: the kernel evicts entries to make room',
  fires:
    '`early_drop` grew since the last audit or within the probe (warning), or is above 0 since boot at first sight of a node (notice), while no drop says that flows were refused',
  about: 'room',
  proof: 'growth',
  requires: ['counters'],
  considers: [
    'growth',
    'churn',
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

  check(facts) {
    const { counters, boot, table } = facts;
    if (hasGrown(grownBy(facts, 'drop', refusedForRoom))) return undefined;

    const evicting = grownBy(facts, 'early_drop');
    if (hasGrown(evicting)) {
      return present({
        severity: 'warning' as const,
        summary: `the kernel evicted ${grownText(evicting, entriesText, facts)} to make room for new flows${nowText(table)}`,
        measures: {
          ...tableMeasures(table),
          ...present({ evicted: totalOf(evicting), windowSeconds: windowOf(evicting, facts) }),
        },
        why: table && whyThisLimit(facts, table),
      });
    }
    if (evicting.between !== undefined) return undefined;
    const evicted = counters['early_drop'] ?? 0;
    if (evicted === 0 || refusedForRoom(counters) > 0) return undefined;
    return present({
      severity: 'notice' as const,
      summary: `the kernel evicted ${entriesText(evicted)} to make room ${sinceBoot(boot)}, and refused no flow for want of it${nowText(table)}`,
      measures: { ...tableMeasures(table), evicted },
      why: table && whyThisLimit(facts, table),
    });
  },
});

function entriesText(entries: number): string {
  return plural(entries, 'entry', 'entries');
}

function nowText(table: Table | undefined): string {
  if (table === undefined) return '';
  const { entries, max } = table;
  return `; ${count(entries)} of ${count(max)} entries now (${percent(entries / max)})`;
}
