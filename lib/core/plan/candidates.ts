import { scopeOf } from '../artefacts/scope-of.js';
import type { ScopeNode } from '../artefacts/scope.js';
import type { Effect } from '../judge/finding.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import type { Remedy } from '../judge/remedy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { count } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import type { Candidate, Change, Member } from './candidate.js';
import { chosenLimit, limitAfter, valuesText, type Asking } from './limit-choice.js';
import { helps, type WeighedNodes } from './weighed-nodes.js';

/** One remedy at one place, before it is known what it does there. */
interface Place {
  readonly remedy: Remedy;
  readonly rank: number;
  readonly cluster: string;
  readonly nodeGroup?: string;
  readonly members: readonly Member[];
}

/** Every remedy that helps some finding, once for each place where it is done. */
export function candidatesOf(
  evidence: Evidence,
  report: Report,
  { remedies }: Catalogue,
  weighed: WeighedNodes,
): Candidate[] {
  const unbelieved = implausible(report);
  return remedies.flatMap((remedy, rank) => {
    const members = report.findings.flatMap((finding) =>
      finding.remedies
        .filter((one) => one.id === remedy.id && helps(one))
        .map((assessment) => ({ finding, assessment })),
    );
    const places = [...groupBy(members, ({ finding }) => keyOf(remedy, finding))].map(
      ([, group]) => ({ remedy, rank, members: group, ...placeOf(remedy, group) }),
    );
    if (remedy.id === 'raise-limit') {
      return places.flatMap((place) => limits(place, evidence, weighed, unbelieved));
    }
    return places.map((place) => plain(place, weighed));
  });
}

type Placed = Pick<Candidate, 'cluster' | 'nodeGroup'>;

function keyOf({ reach }: Remedy, { cluster, nodeGroup }: Member['finding']): string {
  return JSON.stringify(reach === 'cluster' ? [cluster] : [cluster, nodeGroup]);
}

function placeOf({ reach }: Remedy, [first]: readonly Member[]): Placed {
  if (first === undefined) throw new Error('a place needs a finding');
  const { cluster, nodeGroup } = first.finding;
  return reach === 'cluster' || nodeGroup === '*' ? { cluster } : { cluster, nodeGroup };
}

/** Nodes whose reading nobody believes: they ask for nothing. */
function implausible({ findings }: Report): ReadonlySet<string> {
  const doubted = findings.filter(({ rule }) => rule === 'reading-implausible');
  return new Set(doubted.flatMap(({ nodes }) => nodes.map(({ instanceId }) => instanceId)));
}

/** A remedy whose effect on each node is what it says of that node. */
function plain(place: Place, weighed: WeighedNodes): Candidate {
  const { remedy, cluster, nodeGroup, members } = place;
  const by = new Map<string, Change>();
  for (const { finding } of members) {
    for (const snapshot of weighed.of(finding)) {
      const change = changeOf(remedy, finding, snapshot, weighed);
      if (change !== undefined) by.set(snapshot.node.instanceId, change);
    }
  }
  const instanceType = members.map(({ assessment }) => assessment.predicted.instanceType).at(0);
  return {
    ...common(place),
    title: `${remedy.title}: ${nodeGroup === undefined ? cluster : `${cluster}/${nodeGroup}`}`,
    ...present({ instanceType }),
    change: ({ node }) => by.get(node.instanceId),
  };
}

function common({ remedy, rank, cluster, nodeGroup, members }: Place) {
  const { id, reach } = remedy;
  return {
    id: [id, cluster, ...(nodeGroup === undefined ? [] : [nodeGroup])].join('/'),
    remedy: id,
    reach: nodeGroup === undefined ? ('cluster' as const) : reach,
    cluster,
    ...present({ nodeGroup }),
    rank,
    members,
  };
}

/** A larger limit, or the share of today's entries that is left: what was weighed, taken apart again. */
function changeOf(
  remedy: Remedy,
  finding: Member['finding'],
  snapshot: Snapshot,
  weighed: WeighedNodes,
): Change | undefined {
  const said = weighed.weigh(remedy, finding, snapshot);
  const { table } = snapshot.facts;
  if (said?.helps !== true || table === undefined) return undefined;
  const now = usageOf(table.max, snapshot.facts, weighed.policy).usage ?? 0;
  return changeBetween(table.max, now, said.predicted);
}

function changeBetween(max: number, now: number, predicted: Effect): Change | undefined {
  const { limit, usage, bound } = predicted;
  if (limit === undefined) return undefined;
  if (limit !== max) return { limit };
  if (usage === undefined || now === 0) return undefined;
  return { factor: usage / now, ...(bound === 'at most' && { bound }) };
}

/** One value of kube-proxy for the cluster where that works, and user data for the groups that it leaves short. */
function limits(
  place: Place,
  evidence: Evidence,
  weighed: WeighedNodes,
  unbelieved: ReadonlySet<string>,
): Candidate[] {
  const { remedy, cluster, members } = place;
  const nodes = scopeOf(evidence, cluster);
  const scope = new Map(nodes.map((node) => [node.instanceId, node]));
  const asking = members.flatMap(({ finding }) =>
    weighed.of(finding).flatMap((snapshot): Asking[] => {
      const node = scope.get(snapshot.node.instanceId);
      const said = weighed.weigh(remedy, finding, snapshot);
      const limit = said?.helps === true ? said.predicted.limit : undefined;
      const isAsked = node !== undefined && limit !== undefined && !unbelieved.has(node.instanceId);
      return isAsked ? [{ node, limit }] : [];
    }),
  );
  const chosen = chosenLimit(asking, nodes);
  const ofCluster: Candidate[] =
    chosen === undefined
      ? []
      : [
          {
            ...common(place),
            title: `Set ${valuesText(chosen.values)} in ${cluster}`,
            limit: chosen.limit,
            change: ({ node }) =>
              larger(scope.get(node.instanceId), (one) => limitAfter(one, chosen)),
          },
        ];
  const short = asking.filter(({ limit }) => limit > (chosen?.limit ?? 0));
  const groups = [...groupBy(short, ({ node }) => node.nodeGroup)];
  return [
    ...ofCluster,
    ...groups.map(([nodeGroup, asks]) => byUserData(place, nodeGroup, asks, scope)),
  ];
}

function byUserData(
  place: Place,
  nodeGroup: string,
  asks: readonly Asking[],
  scope: ReadonlyMap<string, ScopeNode>,
): Candidate {
  const limit = Math.max(...asks.map((one) => one.limit));
  const members = place.members.filter(({ finding }) => finding.nodeGroup === nodeGroup);
  return {
    ...common({ ...place, nodeGroup, members }),
    title: `Set nf_conntrack_max to ${count(limit)} in the user data of ${place.cluster}/${nodeGroup}`,
    limit,
    change: ({ node }) =>
      node.nodeGroup === nodeGroup ? larger(scope.get(node.instanceId), () => limit) : undefined,
  };
}

function larger(
  node: ScopeNode | undefined,
  after: (node: ScopeNode) => number,
): Change | undefined {
  return node === undefined ? undefined : { limit: after(node) };
}
