import { count, percent } from '../format.js';
import type { Remedy } from '../remedy.js';
import type { NodeFacts } from '../snapshot.js';

/** States that only wait, their sysctl, and the seconds that suffice: the kernel's own CLOSE_WAIT, a quarter of its TIME_WAIT. */
const waits = [
  { state: 'CLOSE_WAIT', timeout: 'tcp_timeout_close_wait', seconds: 60 },
  { state: 'TIME_WAIT', timeout: 'tcp_timeout_time_wait', seconds: 30 },
] as const;

/** Share 0..1 of the table that shorter waits would free: in a steady state, entries last as long as their timeout. */
function freed({ makeup, timeouts }: NodeFacts): number | undefined {
  if (makeup === undefined || makeup.listed === 0 || timeouts === undefined) return undefined;
  return waits.reduce((sum, { state, timeout, seconds }) => {
    const share = (makeup.tcpStates[state] ?? 0) / makeup.listed;
    const now = timeouts[timeout] ?? seconds;
    return sum + share * Math.max(0, 1 - seconds / now);
  }, 0);
}

/**
 * Shortens the timeouts of closed TCP connections, of which kube-proxy lengthens one: CLOSE_WAIT to an
 * hour. ESTABLISHED is left alone: shortening it forgets connections that are only idle.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const shortenTimeouts: Remedy = {
  id: 'shorten-timeouts',
  title: 'Shorten the timeouts of closed TCP connections',
  answers: ['table-pressure', 'table-drops'],

  assess({ facts }) {
    const { table, timeouts } = facts;
    const share = freed(facts);
    if (share === undefined || table === undefined) {
      const closeWait = timeouts?.['tcp_timeout_close_wait'];
      const now = closeWait === undefined ? '' : ` (CLOSE_WAIT is held ${count(closeWait)} s here)`;
      return {
        helps: null,
        reason: `frees entries of closed connections${now}; how many those are was not read`,
        predicted: {},
        steps: [
          'count them as root on the node: conntrack -L -p tcp --state CLOSE_WAIT 2>/dev/null | wc -l',
        ],
      };
    }
    return {
      helps: share >= 0.01,
      reason: `CLOSE_WAIT of 60 s and TIME_WAIT of 30 s would free ${percent(share)} of the entries`,
      predicted: { limit: table.max, usage: (table.entries / table.max) * (1 - share) },
      steps: [
        'now, on the node: sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close_wait=60 net.netfilter.nf_conntrack_tcp_timeout_time_wait=30',
        'for good: conntrack.tcpCloseWaitTimeout: 60s in the ConfigMap kube-proxy-config, and the other in sysctl.d',
        'undo: sysctl -w both to 3600 and 120',
        'proof: the next audit reads fewer entries',
      ],
    };
  },
};
