import type { Severity } from '../judge/severity.js';
import { count, percent } from '../text/format.js';
import { whyThisLimit } from '../limit/node-limit.js';
import type { Policy } from '../judge/policy.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * By how much usage has to fall below a threshold before what it began is over. A house choice; Netdata's
 * alarm of the same table has half of it.
 *
 * @see https://github.com/netdata/netdata/blob/master/src/health/health.d/netfilter.conf
 */
const CLEARANCE = 0.1;

/**
 * The conntrack table is close to full.
 *
 * A full table drops the first packets of new flows and leaves established flows alone, so the node
 * still passes its health checks while clients see timeouts. The kernel logs nothing until it has
 * begun to drop. How full the table is, is the early warning. Once given it stands until usage is
 * clearly lower, so that a table near the threshold is not news at every audit.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const tablePressure = defineRule({
  id: 'table-pressure',
  title: 'The conntrack table is close to full',
  fires:
    'usage of the table is at 75 % or more (warning), or 95 % or more (critical); clears 10 points lower',
  about: 'room',
  proof: 'reading',
  requires: ['table'],
  considers: ['kubeProxy', 'kubeProxyConfigState', 'memory', 'shape', 'vcpus', 'kernel', 'os'],

  check(facts, { policy, was }) {
    const { table } = facts;
    const { entries, max } = table;
    const usage = entries / max;
    const severity = severityOf(usage, policy, was);
    if (severity === undefined) return undefined;
    return present({
      severity,
      summary: `${count(entries)} of ${count(max)} conntrack entries are in use (${percent(usage)})${held(usage, policy, severity)}`,
      measures: tableMeasures(table),
      why: whyThisLimit(facts, table),
    });
  },
});

function severityOf(
  usage: number,
  policy: Policy,
  was: Severity | undefined,
): 'critical' | 'warning' | undefined {
  const { criticalUsage, warningUsage } = policy;
  if (usage >= (was === 'critical' ? clearsBelow(criticalUsage) : criticalUsage)) return 'critical';
  return usage >= (was === undefined ? warningUsage : clearsBelow(warningUsage))
    ? 'warning'
    : undefined;
}

/** Half of a threshold that is not above the clearance: one that nobody can fall below never clears. */
function clearsBelow(threshold: number): number {
  return Math.max(threshold - CLEARANCE, threshold / 2);
}

/** Says why it is still told, where usage alone would not have begun it. */
function held(
  usage: number,
  { criticalUsage, warningUsage }: Policy,
  severity: 'critical' | 'warning',
): string {
  const threshold = severity === 'critical' ? criticalUsage : warningUsage;
  if (usage >= threshold) return '';
  return `; ${severity} until it is below ${percent(clearsBelow(threshold))}`;
}
