import { count, percent } from '../format.js';
import { whyThisLimit } from '../node-limit.js';
import { present } from '../present.js';
import { defineRule } from '../rule.js';

/**
 * The conntrack table is close to full.
 *
 * A full table drops the first packets of new flows and leaves established flows alone, so the node
 * still passes its health checks while clients see timeouts. The kernel logs nothing until it has
 * begun to drop. How full the table is, is the early warning.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const tablePressure = defineRule({
  id: 'table-pressure',
  title: 'The conntrack table is close to full',
  fires: 'usage of the table is at 75 % or more (warning), or 95 % or more (critical)',
  requires: ['table'],
  considers: ['kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],

  check({ table, ...facts }, { policy }) {
    const { entries, max } = table;
    const usage = entries / max;
    if (usage < policy.warningUsage) return undefined;
    return present({
      severity: usage >= policy.criticalUsage ? ('critical' as const) : ('warning' as const),
      summary: `${count(entries)} of ${count(max)} conntrack entries are in use (${percent(usage)})`,
      why: whyThisLimit(facts, table),
    });
  },
});
