import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareOf } from '../measure/share.js';
import { count, plural } from '../text/format.js';

/**
 * Seconds after which the VPC CNI gives the address of a pod that is gone to a new one.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/README.md - IP_COOLDOWN_PERIOD
 */
const COOLDOWN_SECONDS = 30;

/** Entries that make it more than a coincidence. A house choice. */
const SEVERAL = 5;

/**
 * Half-open flows of pods that are gone outlive the cooldown of their addresses.
 *
 * The kernel keeps a SYN without an answer for two minutes, and the CNI gives an address away after half a
 * minute. A new pod with the old address then meets the old pod's flow: its first packets may be taken for
 * a part of it, and go where the old pod's went.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/issues/3634
 */
export const staleFlows = defineRule({
  id: 'stale-flows',
  title: 'Half-open flows outlive the pod that opened them',
  fires:
    'a SYN without an answer is kept longer than 30 s, for which the VPC CNI holds an address back, and 5 or more listed entries are of pods that are gone (notice)',
  about: 'filler',
  proof: 'reading',
  requires: ['table', 'makeup'],
  considers: ['timeouts'],

  check({ table, makeup, timeouts }) {
    // Without them, or where the pods of the node are not known, nothing is orphaned for certain.
    const orphans = makeup.unanswered?.toNobody ?? 0;
    if (orphans < SEVERAL) return undefined;
    const seconds = timeouts?.['tcp_timeout_syn_sent'];
    if (seconds === undefined) return { missing: ['timeouts'] };
    if (seconds <= COOLDOWN_SECONDS) return undefined;
    return {
      severity: 'notice' as const,
      summary: `${plural(orphans, 'half-open entry', 'half-open entries')} of ${count(makeup.listed)} listed are of pods that are gone, and are kept ${count(seconds)} s, where their addresses go to new pods after ${COOLDOWN_SECONDS} s`,
      measures: {
        ...tableMeasures(table),
        ...shareMeasures('unrepliedShare', shareOf(orphans, makeup, table.entries)),
      },
      why: 'a new pod with such an address gets the flows of the old one until the kernel forgets them; nf_conntrack_tcp_timeout_syn_sent of 20 s ends that, at the price that a SYN which is answered later is a new flow',
    };
  },
});
