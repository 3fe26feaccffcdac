import { groupBy } from '../text/group-by.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import type { Candidate } from './candidate.js';
import { afterChanges, changesOf } from './model.js';
import type { GroupEffect } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** What these actions together do, per node group whose findings they answer. The fullest before is first. */
export function effectsOf(actions: readonly Candidate[], weighed: WeighedNodes): GroupEffect[] {
  const nodes = new Map(
    actions.flatMap(({ members }) =>
      members.flatMap(({ finding }) =>
        weighed.of(finding).map((one) => [one.node.instanceId, one] as const),
      ),
    ),
  );
  const groups = groupBy([...nodes.values()], ({ node }) =>
    JSON.stringify([node.cluster, node.nodeGroup]),
  );
  return [...groups.values()]
    .flatMap((group) => effectOf(group, actions, weighed))
    .sort((a, b) => (b.before.usage ?? 0) - (a.before.usage ?? 0));
}

function effectOf(
  group: readonly Snapshot[],
  actions: readonly Candidate[],
  weighed: WeighedNodes,
): GroupEffect[] {
  const changed = group.flatMap((snapshot) => {
    const changes = changesOf(snapshot, actions);
    if (changes.length === 0) return [];
    const { facts } = snapshot;
    const before = usageOf(facts.table?.max, facts, weighed.policy);
    return [{ snapshot, before, after: afterChanges(snapshot, changes, weighed.policy) }];
  });
  const [worst] = [...changed].sort(
    (a, b) =>
      (b.after.usage ?? 1) - (a.after.usage ?? 1) || (b.before.usage ?? 0) - (a.before.usage ?? 0),
  );
  if (worst === undefined) return [];
  const { cluster, nodeGroup, instanceId } = worst.snapshot.node;
  const { before, after } = worst;
  return [{ cluster, nodeGroup, nodes: changed.length, worst: instanceId, before, after }];
}
