import { count, percent } from '../text/format.js';
import { limitAfterRestart } from '../limit/expected-limit.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import { unseenConfiguration, whyThisLimit } from '../limit/node-limit.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * The limit that was read does not outlive the next start of kube-proxy.
 *
 * kube-proxy writes the limit once, when it starts. A sysctl by hand, a DaemonSet or user data that
 * raised it since is undone by the next upgrade, crash or reboot, without a word, and under load.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.31.0/cmd/kube-proxy/app/server_linux.go
 */
export const limitNotDurable = defineRule({
  id: 'limit-not-durable',
  title: 'The next start of kube-proxy will lower the limit',
  fires:
    'kube-proxy will write a lower nf_conntrack_max than was read (notice), one at which the entries of today reach the usage that is warned of (warning), or fill it (critical)',
  about: 'limit',
  proof: 'reading',
  requires: ['table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'],
  considers: ['kubeProxyConfigState'],

  check(facts, { policy }) {
    const { entries, max } = facts.table;
    const inputs = limitInputsOf(facts);
    const after = inputs && limitAfterRestart(inputs, max);
    // A patch release that may only raise the limit is given the benefit of the doubt.
    const limit = after?.orElse ?? after?.limit;
    if (limit === undefined || limit >= max) return undefined;
    // A limit that is not EKS's default speaks for a configuration that is not EKS's either.
    if (unseenConfiguration(facts) !== undefined) return { missing: ['kubeProxyConfig'] };

    const usage = entries / limit;
    const mild = usage < policy.warningUsage ? ('notice' as const) : ('warning' as const);
    return present({
      severity: usage >= 1 ? ('critical' as const) : mild,
      summary: `the limit is ${count(max)} until kube-proxy ${facts.kubeProxy.version} starts again, which makes it ${count(limit)}: the entries of today would use ${percent(usage)}`,
      measures: { ...tableMeasures({ entries, max }), nextMax: limit, nextUsage: usage },
      why: whyThisLimit(facts, { entries, max }),
    });
  },
});
