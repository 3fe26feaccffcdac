import { count, percent } from '../text/format.js';
import type { Holder, Makeup } from '../node/makeup.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { shareOf, shareText } from '../measure/share.js';
import type { Table } from '../node/snapshot.js';

/** Nodes that make a middle worth a comparison, and how far above it is far. House choices. */
const FEWEST = 3;
const FAR = 2;

/** Holders that are named. */
const NAMED = 3;

/**
 * One node is used far more than the others of its node group.
 *
 * The load is not of the kind of node but of a pod that runs on this one. A limit for all of them is
 * then bought for one. Who holds the entries is told by the list of them.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export const hotNode = defineRule({
  id: 'hot-node',
  title: 'One node is used far more than its node group',
  fires:
    'usage is 50 % or more and twice the median of its node group or more, of which 3 nodes or more were read (notice; at 75 % or more warning)',
  about: 'filler',
  proof: 'reading',
  requires: ['table'],
  considers: ['makeup'],

  check({ table, makeup }, { policy, group }) {
    const usage = table.entries / table.max;
    if (group === undefined || group.nodes < FEWEST || usage < policy.targetUsage) return undefined;
    if (usage < FAR * group.medianUsage) return undefined;
    return {
      severity: usage >= policy.warningUsage ? ('warning' as const) : ('notice' as const),
      summary: `${percent(usage)} of the table is used, where the median of ${count(group.nodes)} nodes is ${percent(group.medianUsage)}; ${holdersText(makeup, table)}`,
      measures: {
        ...tableMeasures(table),
        groupUsage: group.medianUsage,
        groupNodes: group.nodes,
      },
    };
  },
});

function holdersText(makeup: Makeup | undefined, { entries }: Table): string {
  const named = makeup?.holders.slice(0, NAMED).flatMap((holder) => {
    const share = shareOf(holder.entries, makeup, entries);
    return share === undefined ? [] : [`${nameOf(holder)} (${shareText(share)})`];
  });
  if (named === undefined || named.length === 0) return 'who holds the entries was not read';
  return `top holders: ${named.join(', ')}`;
}

function nameOf({ owner, address }: Holder): string {
  if (owner === undefined) return address;
  return owner === 'host' ? 'the host network' : owner;
}
