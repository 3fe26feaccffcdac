import { groupBy } from '../text/group-by.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import type { Candidate } from './candidate.js';
import { changesOf, effectOf, tableAfter, type TableAfter } from './model.js';
import type { GroupEffect } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** What these actions together do to tables, per node group whose findings they answer. The fullest before is first. */
export function effectsOf(actions: readonly Candidate[], weighed: WeighedNodes): GroupEffect[] {
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
      const here = clusters.get(group[0]?.node.cluster ?? '') ?? [];
      return groupEffectOf(group, here, weighed);
    })
    .sort((a, b) => (b.before.usage ?? 0) - (a.before.usage ?? 0));
}

interface Changed {
  readonly snapshot: Snapshot;
  readonly after: TableAfter;
}

function groupEffectOf(
  group: readonly Snapshot[],
  actions: readonly Candidate[],
  weighed: WeighedNodes,
): GroupEffect[] {
  const changed = group.flatMap((snapshot): Changed[] => {
    const changes = changesOf(snapshot, actions);
    const after = tableAfter(snapshot, changes, weighed.policy);
    const max = snapshot.facts.table?.max;
    const isSame = after?.limit === max && changes.every(({ left }) => left === undefined);
    return after === undefined || isSame ? [] : [{ snapshot, after }];
  });
  const [worst] = [...changed].sort((a, b) => b.after.most - a.after.most);
  if (worst === undefined) return [];
  const { node, facts } = worst.snapshot;
  return [
    {
      cluster: node.cluster,
      nodeGroup: node.nodeGroup,
      nodes: changed.length,
      worst: node.instanceId,
      before: usageOf(facts.table?.max, facts, weighed.policy),
      after: effectOf(worst.after),
    },
  ];
}
