import { judge, type Evidence } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { Node } from '../../lib/core/node/fleet.js';
import type { Snapshot } from '../../lib/core/node/snapshot.js';
import { casesOf } from '../../lib/core/plan/group-case.js';
import { planOf } from '../../lib/core/plan/plan-of.js';
import type { PageParts } from '../../lib/core/render/page/page-parts.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { aFleet, aNode, shape } from './a-node.js';

/** A judged run of these nodes. */
export function pageParts(
  snapshots: readonly Snapshot[],
  different: Partial<Evidence> = {},
): PageParts {
  const evidence: Evidence = {
    runId: 'run-1',
    startedAt: '2026-11-27T08:00:00Z',
    fleet: aFleet(snapshots.map(({ node }) => node)),
    snapshots,
    silent: [],
    ...different,
  };
  const policy = defaultPolicy;
  const report = judge(evidence, catalogue, policy);
  const plan = planOf(evidence, report, catalogue, policy);
  return { evidence, policy, report, plan, cases: casesOf(evidence, report, catalogue.silentRule) };
}

const CLUSTERS = 10;
const GROUPS = 20;

/** A fleet of many nodes in 200 groups, in which a few groups have full tables and a few nodes are silent. */
export function manyParts(nodes: number): PageParts {
  const all = Array.from({ length: nodes }, (_, at) => aNodeOfMany(at));
  const silent = all
    .filter((_, at) => at % 97 === 0)
    .map(({ node: { instanceId, cluster, nodeGroup } }) => ({
      instanceId,
      cluster,
      nodeGroup,
      reason: 'ssm-offline' as const,
    }));
  const fleet = aFleet(
    all.map(({ node }) => node),
    [shape, { ...shape, instanceType: 'm5.xlarge', vcpus: 4, memoryMiB: 16_384 }],
  );
  const read = all.filter((_, at) => at % 97 !== 0);
  return pageParts(read, { fleet, silent });
}

/** Usages of a group lie side by side; each 16th group is close to full. */
function aNodeOfMany(at: number): Snapshot {
  const group = at % (CLUSTERS * GROUPS);
  const base = group % 16 === 0 ? 0.8 : 0.05 + (group % 7) / 20;
  const entries = Math.round(131_072 * (base + ((at * 7_919) % 1_000) / 5_000));
  const table = { entries, max: 131_072, buckets: 262_144 };
  const identity: Partial<Node> = {
    instanceId: `i-${at.toString(16).padStart(17, '0')}`,
    cluster: `cluster-${group % CLUSTERS}`,
    nodeGroup: `group-${Math.floor(group / CLUSTERS)}`,
  };
  return aNode(
    { table, reading: table, counters: { drop: 0, early_drop: 0, insert_failed: 0, found: at } },
    identity,
  );
}
