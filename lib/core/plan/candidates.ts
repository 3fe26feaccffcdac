import type { Finding } from '../judge/finding.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Remedy } from '../judge/remedy.js';
import type { Fleet, NodeGroupKind } from '../node/fleet.js';
import { shapesByType } from '../node/shapes-by-type.js';
import { groupBy } from '../text/group-by.js';
import type { Candidate, Member } from './candidate.js';
import { limitCandidates } from './limit-candidates.js';
import { plainCandidates } from './plain-candidates.js';
import { reachCandidate } from './reach-candidate.js';
import { helps, type WeighedNodes } from './weighed-nodes.js';

/** Every remedy that helps some of these findings of one cluster, once for each place where it is done. */
export function candidatesOf(
  { fleet }: Evidence,
  findings: readonly Finding[],
  { remedies }: Catalogue,
  weighed: WeighedNodes,
): Candidate[] {
  const { doubted } = weighed;
  const kinds = kindsOf(fleet);
  const shapes = shapesByType(fleet.shapes);
  return remedies.flatMap((remedy, rank) => {
    const members = findings.flatMap((finding) => memberOf(remedy, finding, weighed));
    const groups = groupBy(members, ({ finding }) => keyOf(remedy, finding));
    return [...groups.values()].flatMap((group): Candidate[] => {
      const place = { remedy, rank, members: group, doubted, kinds, ...placeOf(remedy, group) };
      if (remedy.id === 'raise-limit') return limitCandidates(place, weighed);
      if (remedy.id === 'reach-node') return [reachCandidate(place)];
      return plainCandidates(place, weighed, shapes);
    });
  });
}

/** Who makes the nodes, by node group. */
function kindsOf({ nodes }: Fleet): ReadonlyMap<string, NodeGroupKind> {
  return new Map(nodes.map(({ nodeGroup, nodeGroupKind }) => [nodeGroup, nodeGroupKind]));
}

/** What a remedy says of the worst node of a finding whose reading is believed, where it helps. */
function memberOf(remedy: Remedy, finding: Finding, weighed: WeighedNodes): Member[] {
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
  finding: Finding,
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

/** The node group where it is done, or nothing where that is the cluster. */
function keyOf(remedy: Remedy, { nodeGroup }: Finding): string | undefined {
  return isOfCluster(remedy) ? undefined : nodeGroup;
}

function placeOf(remedy: Remedy, [first]: readonly Member[]): Placed {
  if (first === undefined) throw new Error('a place needs a finding');
  const { cluster, nodeGroup } = first.finding;
  return isOfCluster(remedy) || nodeGroup === '*' ? { cluster } : { cluster, nodeGroup };
}
