import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import type { Remedy } from '../judge/remedy.js';
import type { InstanceShape, NodeGroupKind } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import type { Candidate, Change, Member } from './candidate.js';
import { changeByShape, changeOf } from './change-of.js';
import { limitCandidates } from './limit-candidates.js';
import { common, type Place } from './place.js';
import { reachCandidate } from './reach-candidate.js';
import { joinedReason, joinedSteps, joinedTimeouts } from './joined-timeouts.js';
import { ofLargestNumber } from './largest-number.js';
import { titleOf } from './titles.js';
import { helps, type WeighedNodes } from './weighed-nodes.js';

/** Every remedy that helps some finding, once for each place where it is done. */
export function candidatesOf(
  evidence: Evidence,
  report: Report,
  { remedies }: Catalogue,
  weighed: WeighedNodes,
): Candidate[] {
  const { doubted } = weighed;
  const kinds = kindsOf(evidence);
  const shapes = new Map(evidence.fleet.shapes.map((one) => [one.instanceType, one]));
  return remedies.flatMap((remedy, rank) => {
    const members = report.findings.flatMap((finding) => memberOf(remedy, finding, weighed));
    const groups = groupBy(members, ({ finding }) => keyOf(remedy, finding));
    const places = [...groups.values()].map((group): Place => {
      const at = placeOf(remedy, group);
      return {
        remedy,
        rank,
        members: group,
        doubted,
        kinds: kinds.get(at.cluster) ?? new Map(),
        ...at,
      };
    });
    return places.flatMap((place) => {
      if (remedy.id === 'raise-limit')
        return limitCandidates(place, weighed.in(place.cluster), weighed);
      if (remedy.id === 'reach-node') return [reachCandidate(place)];
      return [plain(place, weighed, shapes)];
    });
  });
}

/** What a remedy says of the worst node of a finding whose reading is believed, where it helps. */
function memberOf(remedy: Remedy, finding: Member['finding'], weighed: WeighedNodes): Member[] {
  const { doubted } = weighed;
  // Neither a type nor pods are those of a whole cluster.
  if (finding.nodeGroup === '*' && remedy.reach !== 'cluster') return [];
  const said = finding.remedies.find(({ id }) => id === remedy.id);
  if (said === undefined) return [];
  const isDoubted = doubted.has(finding.nodes[0]?.instanceId ?? '');
  const assessment =
    isDoubted && remedy.id !== 'reach-node' ? believed(remedy, finding, said, weighed) : said;
  return assessment !== undefined && helps(assessment) ? [{ finding, assessment }] : [];
}

/** What a remedy says of the first node of a finding whose reading is believed. */
function believed(
  remedy: Remedy,
  finding: Member['finding'],
  said: Member['assessment'],
  weighed: WeighedNodes,
): Member['assessment'] | undefined {
  const { doubted } = weighed;
  const one = weighed.of(finding).find(({ node }) => !doubted.has(node.instanceId));
  const again = one && weighed.weigh(remedy, finding, one);
  return again?.helps === true ? { ...said, ...again } : undefined;
}

type Placed = Pick<Candidate, 'cluster' | 'nodeGroup'>;

function isOfCluster({ reach, id }: Remedy): boolean {
  return reach === 'cluster' || id === 'reach-node';
}

function keyOf(remedy: Remedy, { cluster, nodeGroup }: Member['finding']): string {
  return JSON.stringify(isOfCluster(remedy) ? [cluster] : [cluster, nodeGroup]);
}

function placeOf(remedy: Remedy, [first]: readonly Member[]): Placed {
  if (first === undefined) throw new Error('a place needs a finding');
  const { cluster, nodeGroup } = first.finding;
  return isOfCluster(remedy) || nodeGroup === '*' ? { cluster } : { cluster, nodeGroup };
}

function kindsOf({ fleet }: Evidence): ReadonlyMap<string, ReadonlyMap<string, NodeGroupKind>> {
  const clusters = groupBy(fleet.nodes, ({ cluster }) => cluster);
  return new Map(
    [...clusters].map(([cluster, nodes]) => [
      cluster,
      new Map(nodes.map(({ nodeGroup, nodeGroupKind }) => [nodeGroup, nodeGroupKind])),
    ]),
  );
}

/** A remedy whose effect on each node is what it says of that node. */
function plain(
  place: Place,
  weighed: WeighedNodes,
  shapes: ReadonlyMap<string, InstanceShape>,
): Candidate {
  const { remedy, members, doubted } = place;
  const instanceType = largestType(members, shapes);
  const type = shapes.get(instanceType ?? '');
  const by = new Map<string, Change>();
  for (const { finding } of members) {
    for (const snapshot of weighed.of(finding)) {
      const { instanceId } = snapshot.node;
      if (doubted.has(instanceId)) continue;
      const own = changeOf(remedy, finding, snapshot, weighed);
      const change = own && ((type && changeByShape(snapshot, type)) ?? own);
      if (change !== undefined) by.set(instanceId, joined(by.get(instanceId), change));
    }
  }
  const timeouts = joinedTimeouts(members);
  return {
    ...common(place),
    title: titleOf(remedy, { ...place, ...present({ instanceType }) }),
    ...present({ instanceType }),
    ...ofLargestNumber(place, weighed),
    ...(Object.keys(timeouts).length > 0 && {
      timeouts,
      reason: joinedReason(members),
      steps: joinedSteps(timeouts, place, weighed),
    }),
    change: ({ node }) => by.get(node.instanceId),
  };
}

/** The type that is enough for every finding of the group. */
function largestType(
  members: readonly Member[],
  shapes: ReadonlyMap<string, InstanceShape>,
): string | undefined {
  const types = members.flatMap(({ assessment }) => assessment.predicted.instanceType ?? []);
  const size = (type: string) => shapes.get(type)?.vcpus ?? 0;
  return [...types].sort((a, b) => size(b) - size(a))[0];
}

/** What one remedy says of a node in two findings: the stronger effect, and all that it sets. */
function joined(before: Change | undefined, change: Change): Change {
  if (before === undefined) return change;
  const lefts = [before.left, change.left].filter((one) => one !== undefined);
  const [left] = lefts.sort((a, b) => a.most - b.most);
  const limits = [before.limit, change.limit].filter((one) => one !== undefined);
  const sets = [before.facts, change.facts].filter((one) => one !== undefined);
  return present({
    limit: limits.length === 0 ? undefined : Math.max(...limits),
    left,
    facts:
      sets.length === 0
        ? undefined
        : (facts: Parameters<NonNullable<Change['facts']>>[0]) =>
            sets.reduce((now, set) => set(now), facts),
  });
}
