import type { Gap } from '../node/gap.js';
import { present } from '../text/present.js';
import type { AskDeps } from './ask-deps.js';
import { batches } from './batches.js';
import { checkClusters, checkNodes } from './empty-scope.js';
import { silentNode } from './gather-evidence.js';
import type { FoundClusters } from './ports.js';
import { bottlerocketOf, reachableNodes } from './reachable-nodes.js';
import { forgetGaps, keepGaps } from './kept-gaps.js';
import { RUN_SCHEMA_VERSION, type AskingFile } from './run-files.js';

/** Finds the fleet and who of it can be asked. Returns how many commands have to be sent. */
export async function discover(deps: AskDeps, runId: string): Promise<number> {
  const { store, policy, now } = deps;
  const run = { schemaVersion: RUN_SCHEMA_VERSION, runId, startedAt: now() };
  await store.put('run.json', { ...run, ...present({ probe: deps.probeVersion }) });
  await store.put('policy.json', policy);
  await forgetGaps(store);
  const nodes = await findFleet(deps);
  return sortNodes(deps, nodes);
}

async function findFleet(deps: AskDeps) {
  const { directory, store, watch, mustFind = false } = deps;
  const { region } = directory;
  const account = await directory.account();
  const found = await directory.clusters();
  const { clusters, others: otherClusters } = found;
  if (mustFind) checkClusters(region, found);
  const nodes = await directory.nodes(clusters);
  if (mustFind) checkNodes(region, found, nodes.length);
  const sizes = await directory.shapes([...new Set(nodes.map((node) => node.instanceType))]);
  watch?.({ stage: 'discovered', clusters: clusters.length, nodes: nodes.length });
  const gaps = [...(found.gaps ?? []), ...missingClusters(found), ...(sizes.gaps ?? [])];
  await store.put('fleet.json', {
    ...{ region, clusters, nodes, shapes: sizes.shapes },
    ...present({ account, otherClusters, gaps: gaps.length > 0 ? gaps : undefined }),
  });
  return nodes;
}

/** A cluster that is wanted by its name and gone is no reason to leave the others unaudited. */
function missingClusters({ missing = [] }: FoundClusters): Gap[] {
  return missing.map((name) => ({
    about: 'cluster',
    subject: `cluster ${name}`,
    cluster: name,
    operation: 'eks:ListClusters',
    reason: 'failed',
    detail: 'no cluster of this name exists',
  }));
}

async function sortNodes(
  { probe, store, watch }: AskDeps,
  nodes: Awaited<ReturnType<typeof findFleet>>,
): Promise<number> {
  const known = await probe.reachability();
  const { gaps = [] } = known;
  const { reachable, unreachable } = reachableNodes(nodes, known.nodes, gaps.length === 0);
  const asking: AskingFile = {
    batches: batches(reachable.map((node) => node.instanceId)),
    silent: unreachable.map(({ node, reason }) => silentNode(node, reason)),
    bottlerocket: bottlerocketOf(reachable, known.nodes),
  };
  await store.put('asking.json', asking);
  await keepGaps(store, 'gaps/reachability.json', gaps);
  watch?.({ stage: 'asked', nodes: reachable.length, silent: unreachable.length });
  return asking.batches.length;
}
