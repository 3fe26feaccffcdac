import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import type { Remedy } from '../judge/remedy.js';
import type { NodeGroupKind } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import type { Candidate, Member } from './candidate.js';
import { limitCandidates } from './limit-candidates.js';
import { plainCandidates } from './plain-candidates.js';
import type { Place } from './place.js';
import { reachCandidate } from './reach-candidate.js';
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
      return plainCandidates(place, weighed, shapes);
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
