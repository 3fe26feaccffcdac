import type { Remedy } from '../judge/remedy.js';
import type { NodeGroupKind } from '../node/fleet.js';
import { present } from '../text/present.js';
import type { Candidate, Member } from './candidate.js';

/** One remedy at one place, before it is known what it does there. */
export interface Place {
  readonly remedy: Remedy;
  readonly rank: number;
  readonly cluster: string;
  readonly nodeGroup?: string;
  readonly members: readonly Member[];
  /** Nodes whose reading nobody believes: they ask for nothing. */
  readonly doubted: ReadonlySet<string>;
  /** Who makes the nodes, by node group of the cluster. */
  readonly kinds: ReadonlyMap<string, NodeGroupKind>;
}

/** `raise-limit/storefront`: remedy, cluster and, where it is done there, node group. */
export function idOf({
  remedy,
  cluster,
  nodeGroup,
}: Pick<Place, 'cluster' | 'nodeGroup'> & { readonly remedy: { readonly id: string } }): string {
  return [remedy.id, cluster, ...(nodeGroup === undefined ? [] : [nodeGroup])].join('/');
}

/** What every candidate of a place has. */
export function common(place: Place) {
  const { remedy, rank, cluster, nodeGroup, members } = place;
  const { id, reach } = remedy;
  return {
    id: idOf(place),
    remedy: id,
    reach: nodeGroup === undefined ? ('cluster' as Candidate['reach']) : reach,
    cluster,
    ...present({ nodeGroup }),
    rank,
    members,
    answers: new Set(members.map(({ finding }) => finding.id)),
  };
}
