import { ago } from '../ago.js';
import { count, plural } from '../format.js';
import { whyThisLimit } from '../node-limit.js';
import { present } from '../present.js';
import { defineRule } from '../rule.js';

/**
 * The kernel refused new flows because the table was full.
 *
 * The kernel rate-limits this line, so their number is a lower bound: one line can stand for
 * thousands of packets. Lines older than the policy looks back have had their audit.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export const tableDrops = defineRule({
  id: 'table-drops',
  title: 'The kernel dropped packets because the conntrack table was full',
  fires: 'the kernel log holds a recent `table full, dropping packet` line (critical)',
  requires: ['tableFull'],
  considers: ['table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],

  check({ tableFull: { lines, secondsAgo }, table, ...facts }, { policy }) {
    if (lines === 0) return undefined;
    if (secondsAgo !== undefined && secondsAgo > policy.recentSeconds) return undefined;
    const last = secondsAgo === undefined ? 'at an unknown time since boot' : ago(secondsAgo);
    const now =
      table === undefined ? '' : `; ${count(table.entries)} of ${count(table.max)} entries now`;
    return present({
      severity: 'critical' as const,
      summary: `the kernel logged "table full, dropping packet" ${plural(lines, 'time')}, last ${last}${now}`,
      why: table === undefined ? undefined : whyThisLimit(facts, table),
    });
  },
});
