import { keepsUserData, leavesAlone } from '../artefacts/limit-plan.js';
import { floorOf, overloads, type ScopeNode } from '../artefacts/scope.js';
import { raiseLimitSteps } from '../remedies/shared/raise-limit-steps.js';
import { count } from '../text/format.js';
import type { Asked } from './asked-limit.js';
import type { Candidate, Change } from './candidate.js';
import { limitReason } from './limit-reason.js';
import { common, type Place } from './place.js';

/**
 * User data of one group. It lasts where no kube-proxy writes the limit again; elsewhere what it sets would be
 * undone at the next start, so that it is no candidate.
 */
export function byUserData(
  place: Place & { readonly nodeGroup: string },
  asks: readonly Asked[],
  nodes: readonly ScopeNode[],
  share: number,
): Candidate[] {
  const group = nodes.filter(({ nodeGroup }) => nodeGroup === place.nodeGroup);
  const largestFirst = [...new Set(asks.map(({ limit }) => limit))].sort((a, b) => b - a);
  const limit = largestFirst.find((one) => isBorneBy(group, one, share));
  const [worst] = asks;
  if (limit === undefined || worst === undefined || !group.every(keepsUserData)) return [];
  const members = place.members.filter(({ finding }) =>
    asks.some((one) => one.member.finding === finding),
  );
  const after = new Map(group.map((node) => [node.instanceId, limit]));
  const needs = asks.map((one) => ({
    node: one.node,
    limit: one.limit,
    isMet: one.limit <= limit,
  }));
  const kind = place.kinds.get(place.nodeGroup) ?? 'none';
  return [
    {
      ...common({ ...place, members }),
      reach: 'node-group',
      title: `Set nf_conntrack_max to ${count(limit)} in the user data of ${place.nodeGroup} in ${place.cluster}`,
      limit,
      reason: limitReason({ values: {}, needs, nodes: group, after, share, largerHash: 0 }),
      steps: raiseLimitSteps(limit, worst.facts, kind),
      change: ({ node }): Change | undefined =>
        after.has(node.instanceId) ? { limit } : undefined,
    },
  ];
}

/** What a node has and is configured to have is kept, and its memory bears it. */
function isBorneBy(group: readonly ScopeNode[], limit: number, share: number): boolean {
  return group.every((node) => {
    const floor = leavesAlone(node) ? (node.limit ?? 0) : floorOf(node);
    return limit === floor || (limit > floor && !overloads(node, limit, share));
  });
}
