import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { groupBy } from '../text/group-by.js';
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
  return [...effectsBy(actions, weighed, done).values()].flat().sort(fullestFirst);
}

export function fullestFirst(a: GroupEffect, b: GroupEffect): number {
  return (b.before.usage ?? 0) - (a.before.usage ?? 0);
}

/** The same by the first action that answers a finding of the group. */
export function effectsBy(
  actions: readonly Candidate[],
  weighed: WeighedNodes,
  done: readonly Candidate[] = [],
): Map<Candidate, GroupEffect[]> {
  const found = new Map<Snapshot, Candidate>();
  for (const action of actions) {
    for (const { finding } of action.members) {
      for (const one of weighed.of(finding)) {
        if (weighed.doubted.has(one.node.instanceId) || found.has(one)) continue;
        found.set(one, action);
      }
    }
  }
  const groups = groupBy([...found], ([{ node }]) => node.nodeGroup);
  const effects = [...groups.values()].flatMap((group) => {
    const nodes = group.map(([snapshot]) => snapshot);
    const first = group.slice(0, 1).map(([, action]) => action);
    const made = groupEffectOf(nodes, done, actions, weighed);
    return first.flatMap((action) => made.map((effect) => ({ action, effect })));
  });
  return new Map(
    [...groupBy(effects, ({ action }) => action)].map(([action, of]) => [
      action,
      of.map(({ effect }) => effect),
    ]),
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
