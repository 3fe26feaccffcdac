import type { Node } from '../node/fleet.js';
import type { Gap } from '../node/gap.js';
import { present } from '../text/present.js';
import type { AskDeps } from './ask-deps.js';
import { batches } from './batches.js';
import { checkClusters, checkNodes } from './empty-scope.js';
import { silentNode } from './gather-evidence.js';
import type { DescribedClusters, FoundClusters, KnownNodes } from './ports.js';
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
  const listed = await listNodes(deps);
  const [nodes, known] = await Promise.all([keepFleet(deps, listed), reachable(deps, listed)]);
  return sortNodes(deps, nodes, known);
}

/** The clusters to audit, and what runs of them. */
interface Listed {
  readonly found: FoundClusters;
  readonly nodes: readonly Node[];
}

async function listNodes({ directory, mustFind = false }: AskDeps): Promise<Listed> {
  const { region } = directory;
  const found = await directory.clusters();
  if (mustFind) checkClusters(region, found);
  const nodes = await directory.nodes(found);
  if (mustFind) checkNodes(region, found, nodes.length);
  return { found, nodes };
}

/** Where a part is audited, it alone is asked about: the Region may have many more nodes. */
function reachable({ probe }: AskDeps, { found, nodes }: Listed): Promise<KnownNodes> {
  const isPart = found.others !== undefined && found.others.length > 0;
  return isPart
    ? probe.reachability(nodes.map(({ instanceId }) => instanceId))
    : probe.reachability();
}

/** Keeps what is known of the fleet. Gives its nodes. */
async function keepFleet(deps: AskDeps, listed: Listed): Promise<readonly Node[]> {
  const { directory, store, watch } = deps;
  const { region } = directory;
  const { found } = listed;
  const account = await directory.account();
  const types = [...new Set(listed.nodes.map((node) => node.instanceType))];
  const [described, sizes] = await Promise.all([
    describe(deps, found, listed.nodes),
    directory.shapes(types),
  ]);
  const { clusters, nodes } = described;
  watch?.({ stage: 'discovered', clusters: clusters.length, nodes: nodes.length });
  const gaps = [...(described.gaps ?? []), ...missingClusters(found), ...(sizes.gaps ?? [])];
  await store.put('fleet.json', {
    ...{ region, clusters, nodes, shapes: sizes.shapes },
    ...present({
      account,
      otherClusters: found.others,
      gaps: gaps.length > 0 ? gaps : undefined,
    }),
  });
  return nodes;
}

/**
 * The clusters, and their nodes. Asks about those with nodes alone: what is known of another one is judged by no rule.
 * A cluster that was deleted after it was listed is left out, and what still runs of it.
 */
async function describe(
  { directory }: AskDeps,
  { clusters: names }: FoundClusters,
  nodes: readonly Node[],
): Promise<DescribedClusters & { readonly nodes: readonly Node[] }> {
  const inhabited = new Set(nodes.map(({ cluster }) => cluster));
  const asked = names.filter((name) => inhabited.has(name));
  const described = await directory.describe(asked);
  const known = new Map(described.clusters.map((cluster) => [cluster.name, cluster]));
  return {
    ...described,
    clusters: names.flatMap((name) => (inhabited.has(name) ? (known.get(name) ?? []) : [{ name }])),
    nodes: nodes.filter(({ cluster }) => known.has(cluster)),
  };
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
  { store, watch }: AskDeps,
  nodes: readonly Node[],
  known: KnownNodes,
): Promise<number> {
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
