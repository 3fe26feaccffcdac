import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { groupBy } from '../text/group-by.js';
import type { Candidate } from './candidate.js';
import { changesOf, effectOf, tableAfter, type TableAfter } from './model.js';
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
  const nodes = new Map(
    actions.flatMap(({ members }) =>
      members.flatMap(({ finding }) =>
        weighed
          .of(finding)
          .filter(({ node }) => !weighed.doubted.has(node.instanceId))
          .map((one) => [one.node.instanceId, one] as const),
      ),
    ),
  );
  const groups = groupBy([...nodes.values()], ({ node }) =>
    JSON.stringify([node.cluster, node.nodeGroup]),
  );
  const clusters = groupBy(actions, ({ cluster }) => cluster);
  return [...groups.values()]
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
  const before = tableAfter(snapshot, earlier, policy);
  const after = tableAfter(snapshot, [...earlier, ...changes], policy);
  if (before === undefined || after === undefined) return [];
  const isSame = after.limit === before.limit && changes.every(({ left }) => left === undefined);
  if (isSame) return [];
  const { facts } = snapshot;
  const now = () =>
    earlier.length === 0 ? usageOf(facts.table?.max, facts, policy) : effectOf(before);
  return [{ snapshot, before: now, after }];
}
