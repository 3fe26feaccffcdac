import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import type { Candidate } from './candidate.js';
import { changesOf, effectOf, limitAfter, tableAfter, type TableAfter } from './model.js';
import type { GroupEffect } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/**
 * What these actions of one cluster together do to tables once others are done, per node group whose findings they
 * answer. The fullest before is first.
 */
export function effectsOf(
  actions: readonly Candidate[],
  weighed: WeighedNodes,
  done: readonly Candidate[] = [],
): GroupEffect[] {
  return effectsBy(actions, weighed, done)
    .map(({ effect }) => effect)
    .sort(fullestFirst);
}

export function fullestFirst(a: GroupEffect, b: GroupEffect): number {
  return (b.before.usage ?? 0) - (a.before.usage ?? 0);
}

/** An effect on a node group, and the first action that answers a finding of it. */
export interface FirstEffect {
  readonly first: Candidate;
  readonly effect: GroupEffect;
}

/** The same in the order in which the actions come to the node groups. */
export function effectsBy(
  actions: readonly Candidate[],
  weighed: WeighedNodes,
  done: readonly Candidate[] = [],
): FirstEffect[] {
  const groups = new Map<string, { readonly first: Candidate; readonly nodes: Set<Snapshot> }>();
  for (const action of actions) {
    for (const one of action.members.flatMap(({ finding }) => weighed.of(finding))) {
      const { instanceId, nodeGroup } = one.node;
      if (weighed.doubted.has(instanceId)) continue;
      const group = groups.get(nodeGroup);
      if (group === undefined) groups.set(nodeGroup, { first: action, nodes: new Set([one]) });
      else group.nodes.add(one);
    }
  }
  return [...groups.values()].flatMap(({ first, nodes }) =>
    groupEffectOf([...nodes], done, actions, weighed).map((effect) => ({ first, effect })),
  );
}

interface Changed {
  readonly snapshot: Snapshot;
  readonly before: () => Effect;
  readonly after: TableAfter;
}

function groupEffectOf(
  group: readonly Snapshot[],
  done: readonly Candidate[],
  actions: readonly Candidate[],
  weighed: WeighedNodes,
): GroupEffect[] {
  const changed = group.flatMap((snapshot) => changedBy(snapshot, done, actions, weighed.policy));
  const [worst] = [...changed].sort((a, b) => b.after.most - a.after.most);
  if (worst === undefined) return [];
  const { node } = worst.snapshot;
  return [
    {
      cluster: node.cluster,
      nodeGroup: node.nodeGroup,
      nodes: changed.length,
      worst: node.instanceId,
      before: worst.before(),
      after: effectOf(worst.after),
    },
  ];
}

/** Nothing where the table stays as it is. */
function changedBy(
  snapshot: Snapshot,
  done: readonly Candidate[],
  actions: readonly Candidate[],
  policy: Policy,
): Changed[] {
  const changes = changesOf(snapshot, actions);
  if (changes.length === 0) return [];
  const earlier = changesOf(snapshot, done);
  const { facts } = snapshot;
  const limit = limitAfter(facts, earlier);
  const all = earlier.length === 0 ? changes : [...earlier, ...changes];
  const isSame =
    limitAfter(facts, all) === limit && changes.every(({ left }) => left === undefined);
  const after = isSame ? undefined : tableAfter(snapshot, all, policy);
  if (after === undefined) return [];
  const before = () =>
    earlier.length === 0
      ? usageOf(limit, facts, policy)
      : effectOf(tableAfter(snapshot, earlier, policy));
  return [{ snapshot, before, after }];
}
