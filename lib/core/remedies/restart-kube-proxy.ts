import type { Remedy } from '../judge/remedy.js';
import { count } from '../text/format.js';
import { pendingLimit } from './shared/pending-limit.js';
import { usageOf } from './shared/sizing.js';
import { NO_SETTING } from './shared/auto-mode.js';

/**
 * Starts kube-proxy again where its configuration gives a higher limit than the one in force: it reads its
 * configuration and writes the limit only when it starts.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kube-proxy/app/server_linux.go
 */
export const restartKubeProxy: Remedy = {
  id: 'restart-kube-proxy',
  title: 'Start kube-proxy again, so that it sets what it is configured with',
  reach: 'cluster',
  notOnAutoMode: NO_SETTING,
  answers: ['room', 'filler', 'limit'],
  leavesAlone: {
    'stale-flows': 'more room does not end a flow that is kept too long',
    'policy-table': 'it is the table of the agent that is too small',
    'node-local-dns-idle': 'a cache that is there has to be finished, whatever else is done',
  },
  makesRoom: true,

  assess({ facts, policy }) {
    const pending = pendingLimit(facts);
    if (pending === undefined) return undefined;
    const { limit, isCertain } = pending;
    const configured = `kube-proxy ${facts.kubeProxy?.version ?? ''} is configured to set ${count(limit)}, and ${count(facts.table?.max ?? 0)} is in force`;
    return {
      helps: isCertain ? true : null,
      reason: isCertain
        ? `${configured}: it has not started since it was configured; established connections stay`
        : `${configured}: it has not started since it was configured, or something else set the limit later and may do so again`,
      predicted: usageOf(limit, facts, policy),
      steps: [
        'kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)',
        'undo: put back what was configured before, and restart it again',
        `proof: the next audit reads a limit of ${limit}`,
      ],
    };
  },
};
