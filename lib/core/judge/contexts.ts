import type { GroupLoad } from '../measure/group-load.js';
import type { Fleet, Node } from '../node/fleet.js';
import type { Snapshot } from '../node/snapshot.js';
import type { Policy } from './policy.js';
import type { Case } from './remedy.js';

/** What remedies are weighed with, for any node of a fleet. */
export function contexts(
  { shapes }: Fleet,
  loadOf: (node: Node) => GroupLoad,
  policy: Policy,
): (snapshot: Snapshot) => Omit<Case, 'rule' | 'about'> {
  return ({ node, facts }) => ({ ...node, facts, group: loadOf(node), shapes, policy });
}
