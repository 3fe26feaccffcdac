import { count, percent, plural } from '../format.js';
import type { Remedy } from '../remedy.js';

/** Spreads what fills this node over its group: evenly, if that is enough, or over more nodes. */
export const spreadWorkload: Remedy = {
  id: 'spread-workload',
  title: 'Spread the workload over the node group',
  answers: ['table-pressure'],

  assess({ facts: { table }, group, nodeGroup, policy }) {
    if (table === undefined) return undefined;
    const even = group.entries / group.nodes / table.max;
    if (even < policy.warningUsage && even < table.entries / table.max) {
      return {
        helps: true,
        reason: `evenly over the ${plural(group.nodes, 'node')} of ${nodeGroup} the same entries use ${percent(even)} of each table; it holds only as long as the scheduler keeps to it`,
        predicted: { limit: table.max, usage: even },
        steps: [
          'find the pods: those of ingress and DNS hold the most entries',
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
      predicted: { limit: table.max, usage: even },
      steps: [],
    };
  },
};
