import { groupBy } from '../text/group-by.js';
import { askedBy, SHRINKS } from './asked-limit.js';
import { byKubeProxy } from './by-kube-proxy.js';
import { byUserData } from './by-user-data.js';
import type { Candidate } from './candidate.js';
import { chosenLimit, limitAfter } from './limit-choice.js';
import type { Place } from './place.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** One value of kube-proxy for the cluster where that works, and user data for the groups that it leaves short. */
export function limitCandidates(place: Place, weighed: WeighedNodes): Candidate[] {
  const nodes = weighed.scope(place.cluster);
  const scope = new Map(nodes.map((node) => [node.instanceId, node]));
  const asked = place.members.flatMap((member) => askedBy(member, place, scope, weighed));
  const { tableMemoryShare: share } = weighed.policy;
  const chosen = chosenLimit(asked, nodes, share);
  const ofCluster =
    chosen === undefined
      ? []
      : [byKubeProxy(place, chosen, asked, { nodes, snapshots: weighed.read, share })];
  const short = asked.filter(
    ({ node, limit, member }) =>
      member.finding.rule !== SHRINKS && limit > (chosen ? limitAfter(node, chosen) : 0),
  );
  const groups = [...groupBy(short, ({ node }) => node.nodeGroup)];
  return [
    ...ofCluster,
    ...groups.flatMap(([nodeGroup, asks]) =>
      byUserData({ ...place, nodeGroup }, asks, nodes, share),
    ),
  ];
}
