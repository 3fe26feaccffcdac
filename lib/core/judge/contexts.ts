import type { GroupLoad } from '../measure/group-load.js';
import type { Fleet, Node } from '../node/fleet.js';
import type { Snapshot } from '../node/snapshot.js';
import type { Policy } from './policy.js';
import type { Case } from './remedy.js';

/** What remedies are weighed with where a rule found something, for any node of a fleet. */
export function contexts(
  { shapes }: Fleet,
  loadOf: (node: Node) => GroupLoad,
  policy: Policy,
): (found: Pick<Case, 'rule' | 'about'>, snapshot: Snapshot) => Case {
  return ({ rule, about }, { node, facts }) => ({
    rule,
    about,
    facts,
    instanceType: node.instanceType,
    cluster: node.cluster,
    nodeGroup: node.nodeGroup,
    nodeGroupKind: node.nodeGroupKind,
    group: loadOf(node),
    shapes,
    policy,
  });
}
