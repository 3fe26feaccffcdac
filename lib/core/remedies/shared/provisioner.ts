import type { NodeGroupKind } from '../../node/fleet.js';

/** Where what a node is to boot with is written, by who makes the nodes of its group. */
const places: Readonly<Record<NodeGroupKind, string>> = {
  managed: 'the user data of the launch template of the node group',
  karpenter: 'spec.userData of the EC2NodeClass',
  'auto-scaling-group': 'the user data of the launch template of the Auto Scaling group',
  'auto-mode': 'nothing that a node of EKS Auto Mode takes',
  none: 'the user data of the instance',
};

/** `the user data of the launch template of the node group`, where that is what makes these nodes. */
export function userDataOf(kind: NodeGroupKind): string {
  return places[kind];
}

/** How nodes of this group get another type, and how that is undone. */
export function rollTo(type: string, now: string, kind: NodeGroupKind): string[] {
  if (kind === 'karpenter' || kind === 'auto-mode') {
    const [pool, who] =
      kind === 'karpenter'
        ? ['the NodePool', 'Karpenter']
        : ['a NodePool of your own (built-in ones stay as they are)', 'EKS Auto Mode'];
    return [
      `let ${pool} make ${type} (now ${now}): node.kubernetes.io/instance-type in its spec.template.spec.requirements; ${who} replaces nodes that no longer fit`,
      'undo: set the requirements back',
    ];
  }
  return [
    `set the instance type of the node group to ${type} (now ${now}) and roll its nodes`,
    'undo: set the type back and roll the nodes again',
  ];
}
