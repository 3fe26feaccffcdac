import { leavesAlone } from '../artefacts/limit-plan.js';
import { some, type LimitValues, type ScopeNode } from '../artefacts/scope.js';
import { eraOf } from '../limit/era.js';
import type { NodeFacts } from '../node/snapshot.js';
import { setLimit } from '../remedies/shared/raise-limit-steps.js';
import { groupBy } from '../text/group-by.js';

/** A node that asks, with the limit that the edit gives it. */
export interface Given {
  readonly node: ScopeNode;
  readonly facts: NodeFacts;
  readonly limit: number;
}

const edit = 'kubectl -n kube-system edit configmap kube-proxy-config';
const restart = 'kubectl -n kube-system rollout restart daemonset kube-proxy';

/** How to set these values of kube-proxy: each node that asks now, the cluster for good, and back again. */
export function kubeProxySteps(
  values: LimitValues,
  nodes: readonly ScopeNode[],
  given: readonly Given[],
): string[] {
  const sets = Object.entries(values).map(([name, value]) => `conntrack.${name} to ${value}`);
  const raised = given.filter(({ node, limit }) => limit > (node.limit ?? 0));
  return [
    ...nowSteps(raised),
    `for good: ${edit}, set ${sets.join(' and ')}, then ${restart} (it holds for every node of the cluster)`,
    `undo: ${undoOf(values, nodes)}, and ${restart}${stays(nodes, raised)}`,
    `proof: the next audit reads ${proofOf(given)}`,
  ];
}

/** One command for all that get the same; where values are per core, each size of node gets its own. */
function nowSteps(raised: readonly Given[]): string[] {
  const commands = [...groupBy(raised, ({ limit, facts }) => setLimit(limit, facts))];
  return commands.map(([command, given]) => {
    const where = commands.length === 1 ? '' : ` of ${groupsOf(given)}`;
    return `now, on each node${where} that is full: ${command} (until kube-proxy starts again)`;
  });
}

function undoOf(values: LimitValues, nodes: readonly ScopeNode[]): string {
  const names = Object.keys(values) as (keyof LimitValues)[];
  return names
    .map((name) => {
      const before = nodes.find((node) => node[name] !== undefined)?.[name];
      return before === undefined
        ? `take conntrack.${name} out again, or set it to what it was`
        : `set conntrack.${name} back to ${before}`;
    })
    .join(', ');
}

/** What a kube-proxy that never lowers a limit leaves behind. */
function stays(nodes: readonly ScopeNode[], raised: readonly Given[]): string {
  const keeps = nodes.some(
    (one) => !leavesAlone(one) && eraOf(one.kubeProxy)?.writes === 'raises-only',
  );
  return keeps && raised.length > 0
    ? '; this kube-proxy lowers no limit, so that each node keeps its own until it boots'
    : '';
}

function proofOf(given: readonly Given[]): string {
  const limits = [...groupBy(given, ({ limit }) => limit)].sort(([a], [b]) => b - a);
  return limits
    .map(([limit, those]) => `a limit of ${limit} on the nodes of ${groupsOf(those)}`)
    .join(' and ');
}

function groupsOf(given: readonly Given[]): string {
  return some([...new Set(given.map(({ node }) => node.nodeGroup))]);
}
