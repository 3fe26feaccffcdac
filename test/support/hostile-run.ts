import type { ServedRun } from '../../lib/mcp/runs.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgedRun } from '../../lib/core/run/judged-run.js';
import { aFleet, aNode } from './a-node.js';

/** What a fleet is called here: names of clusters and node groups come from people and tags. */
export interface Names {
  readonly cluster: string;
  readonly nodeGroups: readonly string[];
}

/** A run of full tables, one in each node group, under these names. */
export function aRunNamed({ cluster, nodeGroups }: Names): ServedRun {
  const table = { entries: 131_072, max: 131_072, buckets: 262_144 };
  const snapshots = nodeGroups.map((nodeGroup, at) =>
    aNode({ reading: table, table }, { instanceId: `i-${at}`, cluster, nodeGroup }),
  );
  const startedAt = '2026-11-27T08:00:00Z';
  const evidence = {
    runId: 'run-1',
    startedAt,
    fleet: aFleet(snapshots.map(({ node }) => node)),
    snapshots,
    silent: [],
    notes: [cluster],
  };
  const judged = judgedRun(evidence, {}, catalogue, defaultPolicy);
  return { id: 'run-1', startedAt, simulated: false, judged: () => Promise.resolve(judged) };
}
