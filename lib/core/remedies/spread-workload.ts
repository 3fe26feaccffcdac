import { count, percent, plural } from '../text/format.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import { shareOf, shareText } from '../measure/share.js';
import type { NodeFacts, Table } from '../node/snapshot.js';

/** How many pods are named. A house choice: who holds less is not what makes a node hot. */
const PODS_NAMED = 3;

/** Share of the table that even spreading has to take off a table that still has room. A house choice. */
const WORTH = 0.1;

/** Spreads what fills this node over its group: evenly, if that is enough, or over more nodes. */
export const spreadWorkload: Remedy = {
  id: 'spread-workload',
  title: 'Spread the workload over the node group',
  reach: 'workload',
  answers: ['room'],
  alsoAnswers: {
    'hot-node': 'what runs on one node can run on several',
  },
  leavesAlone: {
    'table-drops': 'flows are refused now, and pods move when they start',
    'early-evictions': 'entries are evicted now, and pods move when they start',
  },
  files: [],

  assess(weighed) {
    const { facts, group, nodeGroup, policy } = weighed;
    const { table } = facts;
    if (table === undefined || group.nodes === 0) return undefined;
    const even = group.entries / group.nodes / table.max;
    if (weighed.rule === 'time-to-full' && table.entries / table.max - even < WORTH) {
      return alike(weighed, table, even);
    }
    if (even < policy.warningUsage && even < table.entries / table.max) {
      const pods = busiestPods(facts, table);
      const held = pods.length === 0 ? '' : `; of this node ${pods.join(', ')}`;
      return {
        helps: true,
        reason: `evenly over the ${plural(group.nodes, 'node')} of ${nodeGroup} the same entries use at least ${percent(even)} of each table${held}; a connection between two pods has an entry on the node of each of them, and it holds only as long as the scheduler keeps to it`,
        predicted: evenly(table, even),
        steps: [
          find(pods.length > 0),
          'add topologySpreadConstraints over kubernetes.io/hostname to their Deployments, and roll them',
          'undo: take the constraints out again',
          'proof: the next audit reads similar usage on every node of the group',
        ],
      };
    }
    const nodes = Math.ceil(group.entries / (policy.targetUsage * table.max));
    return {
      helps: false,
      reason: `the group is full as a whole: even spread still uses ${percent(even)}, and ${count(nodes)} nodes of this type would be needed for ${percent(policy.targetUsage)}`,
      predicted: evenly(table, even),
      steps: [],
    };
  },
};

/** A table that fills has room yet, so that the group is not full: it is only that no node is emptier. */
function alike({ group, nodeGroup }: Case, { entries, max }: Table, even: number): Weighed {
  return {
    helps: false,
    reason: `evenly over the ${plural(group.nodes, 'node')} of ${nodeGroup} the same entries use ${percent(even)} of each table, and this one uses ${percent(entries / max)}: it fills like the others`,
    predicted: evenly({ entries, max }, even),
    steps: [],
  };
}

/** A connection between two pods of one node gets an entry on each of their nodes, once they are apart. */
function evenly({ max }: Table, even: number): Weighed['predicted'] {
  return { limit: max, usage: Math.min(1, even), bound: 'at least' };
}

/** The pods that hold most entries of this node, with their share of the table. */
function busiestPods({ makeup }: NodeFacts, { entries: all }: Table): string[] {
  if (makeup === undefined) return [];
  return makeup.holders
    .flatMap(({ owner, entries }) => {
      const share = shareOf(entries, makeup, all);
      const known = owner !== undefined && owner !== 'host' && share !== undefined;
      return known ? [`${owner} holds ${shareText(share)}`] : [];
    })
    .slice(0, PODS_NAMED);
}

function find(named: boolean): string {
  return named
    ? 'begin with the pods that are named; one that holds most by itself needs more replicas, not other places'
    : 'find the pods: those of ingress and DNS hold the most entries';
}
