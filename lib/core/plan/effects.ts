import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { groupBy, groupByParts } from '../text/group-by.js';
import type { Candidate } from './candidate.js';
import { changesOf, effectOf, limitAfter, tableAfter, type TableAfter } from './model.js';
import type { GroupEffect } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/**
 * What these actions together do to tables once others are done, per node group whose findings they answer. The
 * fullest before is first.
 */
export function effectsOf(
  actions: readonly Candidate[],
  weighed: WeighedNodes,
  done: readonly Candidate[] = [],
): GroupEffect[] {
  const nodes = new Map<string, Snapshot>();
  for (const { members } of actions) {
    for (const { finding } of members) {
      for (const one of weighed.of(finding)) {
        const { instanceId } = one.node;
        if (!weighed.doubted.has(instanceId)) nodes.set(instanceId, one);
      }
    }
  }
  const groups = groupByParts([...nodes.values()], ({ node }) => [node.cluster, node.nodeGroup]);
  const clusters = groupBy(actions, ({ cluster }) => cluster);
  return groups
    .flatMap((group) => {
      const cluster = group[0]?.node.cluster ?? '';
      const before = done.filter((one) => one.cluster === cluster);
      return groupEffectOf(group, before, clusters.get(cluster) ?? [], weighed);
    })
    .sort((a, b) => (b.before.usage ?? 0) - (a.before.usage ?? 0));
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
