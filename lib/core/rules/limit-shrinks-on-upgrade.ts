import { count, percent } from '../text/format.js';
import { explainRead } from '../limit/explain-read.js';
import { unseenConfiguration } from '../limit/node-limit.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import { upgradePath } from '../limit/upgrade-path.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * A later Kubernetes minor brings a kube-proxy that lowers the limit of this node.
 *
 * Nothing announces it: the upgrade succeeds, and the table is half as large, or a third. Only nodes
 * whose limit is the expected one are judged; of another limit nobody knows what an upgrade does.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/120448 - lowers again, from 1.29
 * @see https://github.com/kubernetes/kubernetes/pull/137002 - caps at 1,048,576, from 1.36
 */
export const limitShrinksOnUpgrade = defineRule({
  id: 'limit-shrinks-on-upgrade',
  title: 'An upgrade of Kubernetes will lower the limit',
  fires:
    'kube-proxy of a later minor lowers the limit (notice), to one at which the entries of today reach the usage that is warned of (warning)',
  about: 'limit',
  proof: 'reading',
  scope: 'cluster',
  requires: ['table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],
  considers: ['kubeProxyConfigState'],

  check(facts, { policy }) {
    const { table } = facts;
    const inputs = limitInputsOf(facts);
    if (inputs === undefined || explainRead(table, inputs).matches !== true) return undefined;
    const step = upgradePath(inputs).find(
      ({ change, expected }) => change === 'shrinks' && expected < table.max,
    );
    if (step === undefined) return undefined;

    const unseen = unseenConfiguration(facts);
    const usage = table.entries / step.expected;
    return present({
      severity: usage < policy.warningUsage ? ('notice' as const) : ('warning' as const),
      summary: `Kubernetes ${step.version} lowers the limit from ${count(table.max)} to ${count(step.expected)}, of which the entries of today would use ${percent(usage)}`,
      measures: { ...tableMeasures(table), nextMax: step.expected, nextUsage: usage },
      why:
        unseen === undefined ? step.why : `if EKS's defaults hold (${unseen}): ${step.why ?? ''}`,
      cause: step.version,
    });
  },
});
