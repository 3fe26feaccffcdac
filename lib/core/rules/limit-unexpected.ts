import { count } from '../text/format.js';
import { expectedLimit } from '../limit/expected-limit.js';
import { explainRead } from '../limit/explain-read.js';
import { awaitedLimit, unseenConfiguration } from '../limit/node-limit.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import type { Problem } from '../judge/finding.js';
import type { Table } from '../node/snapshot.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * The limit read is not what this kernel and this kube-proxy set on this instance.
 *
 * Someone or something else set it: a sysctl by hand, a DaemonSet, user data, another kube-proxy
 * configuration. It matters because the next kube-proxy start writes its own number again.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.31.0/cmd/kube-proxy/app/conntrack.go
 */
export const limitUnexpected = defineRule({
  id: 'limit-unexpected',
  title: 'The limit is not the one that this kernel and kube-proxy set',
  fires:
    'nf_conntrack_max is lower (warning) or higher (notice) than the limit model explains; a cause of its own where kube-proxy has not started since its configuration was edited',
  about: 'limit',
  proof: 'reading',
  requires: ['table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],
  considers: ['kubeProxyConfigState', 'kubeProxyConfig'],

  check(facts) {
    const { table } = facts;
    const inputs = limitInputsOf(facts);
    if (inputs === undefined) return undefined;
    const { matches, sentence } = explainRead(table, inputs);
    const { expected } = expectedLimit(inputs);
    if (matches !== false || expected === undefined) return undefined;
    if (unseenConfiguration(facts) !== undefined) return { missing: ['kubeProxyConfig'] };
    // With maxPerCore 0 the limit is for the operator to set, and a higher one is meant.
    if (facts.kubeProxyConfig?.maxPerCore === 0 && table.max > expected) return undefined;
    const awaited = awaitedLimit(facts, table);
    if (awaited !== undefined) return notRestarted(table, awaited, sentence);
    return {
      severity: table.max < expected ? 'warning' : 'notice',
      summary: `the limit is ${count(table.max)} where ${count(expected)} is expected`,
      measures: { ...tableMeasures(table), expectedMax: expected },
      why: sentence,
    };
  },
});

/** The file says one thing and the kernel another: a start of kube-proxy brings them together. */
function notRestarted(table: Table, awaited: number, why: string): Problem {
  return {
    severity: table.max < awaited ? 'warning' : 'notice',
    summary: `the limit is ${count(table.max)}, and kube-proxy's configuration asks for ${count(awaited)}: it was edited, and kube-proxy has not started since`,
    measures: { ...tableMeasures(table), expectedMax: awaited },
    why,
    cause: 'not-restarted',
  };
}
