import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { count, percent } from '../text/format.js';

/**
 * Entries of the agent's own table where nobody chose another size. Releases before it grew have 262,144:
 * the larger one is taken, so that nobody is warned without reason.
 */
const DEFAULT_SIZE = 524_288;

/**
 * AWS's network policy agent has a smaller table of connections than the kernel.
 *
 * The agent keeps one of its own in eBPF, and by its README it should be as large as the kernel's. When it
 * is full, the oldest connections leave it, and packets of a connection that it forgot are judged as new
 * ones: policy may drop them. Every five minutes it compares its table with the kernel's.
 *
 * @see https://github.com/aws/aws-network-policy-agent#conntrack-cache-table-size-from-v113
 */
export const policyTable = defineRule({
  id: 'policy-table',
  title: 'The network policy agent has a smaller table than the kernel',
  fires:
    "network policy is on, and the agent's table is smaller than nf_conntrack_max (notice), or than the entries of today (warning)",
  about: 'limit',
  proof: 'reading',
  requires: ['table'],
  considers: ['networkPolicyAgent'],

  // An agent that is not seen is not judged: most nodes have none.
  check({ table, networkPolicyAgent: { enabled, tableSize } = { enabled: false } }) {
    const size = tableSize ?? DEFAULT_SIZE;
    if (!enabled || size >= table.max) return undefined;
    const source = tableSize === undefined ? ' by default' : '';
    return {
      severity: table.entries > size ? ('warning' as const) : ('notice' as const),
      summary: `the network policy agent tracks ${count(size)} connections${source}, and the kernel ${count(table.max)}: the entries of today are ${percent(table.entries / size)} of the agent's table`,
      measures: { ...tableMeasures(table), policyTableSize: size },
      why: 'packets of a connection that the agent no longer knows are judged as if it were new, and may be dropped by policy though the kernel knows it',
    };
  },
});
