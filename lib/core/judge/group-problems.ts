import type { Assessment, Finding, Problem } from './finding.js';
import type { Fleet, Node } from '../node/fleet.js';
import type { SilentReason } from '../node/silent-node.js';
import type { NodeFacts } from '../node/snapshot.js';
import { plural } from '../text/format.js';
import { groupByParts } from '../text/group-by.js';
import { rememberedParts } from '../text/remembered.js';
import { present } from '../text/present.js';
import type { RuleText } from './rule.js';
import { rankOf } from './severity.js';

/** What one rule says about one node, before it becomes part of a finding. */
export interface NodeProblem {
  readonly rule: RuleText;
  readonly node: Node;
  readonly problem: Problem;
  /** Orders nodes of one severity: the table's usage, or 0. */
  readonly weight: number;
  /** What remedies are weighed with: the facts of the node, or why there are none. */
  readonly of: NodeFacts | SilentReason;
}

/** What remedies say of the worst node of a finding. */
type RemediesOf = (worst: NodeProblem) => readonly Assessment[];

/**
 * Makes one finding of each rule x node group x cause: what one remedy answers is one finding. Findings
 * keep the order of their first problems.
 */
export function groupProblems(
  problems: readonly NodeProblem[],
  fleet: Fleet,
  remediesOf: RemediesOf,
): Finding[] {
  const groups = groupByParts(problems, ({ rule, node, problem: { cause } }) => [
    rule,
    node.cluster,
    placeOf(rule, node),
    cause,
  ]);
  const sizeOf = sizes(fleet);
  return groups.map((group) => finding(group.sort(worstFirst), sizeOf, remediesOf));
}

function worstFirst(a: NodeProblem, b: NodeProblem): number {
  return rankOf(a.problem.severity) - rankOf(b.problem.severity) || b.weight - a.weight;
}

function finding(group: readonly NodeProblem[], sizeOf: SizeOf, remediesOf: RemediesOf): Finding {
  const [worst] = group;
  if (worst === undefined) throw new Error('a finding needs at least one node');
  const { rule, node, problem } = worst;
  const nodeGroup = placeOf(rule, node);
  const { cause } = problem;
  return {
    id: [rule.id, node.cluster, nodeGroup, ...(cause === undefined ? [] : [cause])].join('/'),
    rule: rule.id,
    title: rule.title,
    severity: problem.severity,
    cluster: node.cluster,
    nodeGroup,
    summary: summarise(group, worst, sizeOf(rule, node)),
    ...present({ why: problem.why }),
    nodes: group.map((one) => ({
      instanceId: one.node.instanceId,
      instanceType: one.node.instanceType,
      severity: one.problem.severity,
      summary: one.problem.summary,
      measures: one.problem.measures,
    })),
    remedies: remediesOf(worst),
  };
}

/** The node group that a finding is about, or `*` for the whole cluster. */
function placeOf({ scope }: RuleText, { nodeGroup }: Node): string {
  return scope === 'cluster' ? '*' : nodeGroup;
}

/** How many nodes there are where a finding of this rule is: all of them are counted once. */
type SizeOf = (rule: RuleText, node: Node) => number;

function sizes({ nodes }: Fleet): SizeOf {
  const placeOf = rememberedParts(() => ({ nodes: 0 }), Infinity);
  for (const { cluster, nodeGroup } of nodes) {
    placeOf([cluster]).nodes += 1;
    placeOf([cluster, nodeGroup]).nodes += 1;
  }
  return ({ scope }, { cluster, nodeGroup }) =>
    placeOf(scope === 'cluster' ? [cluster] : [cluster, nodeGroup]).nodes;
}

function summarise(group: readonly NodeProblem[], worst: NodeProblem, size: number): string {
  const { instanceId, instanceType } = worst.node;
  const said = worst.problem.summary;
  if (group.length === 1) return `${instanceId} (${instanceType}): ${said}`;
  const many = `${group.length} of ${plural(size, 'node')}`;
  const alike = group.every(({ problem }) => problem.summary === said);
  return alike ? `${many}: ${said}` : `${many}, worst ${instanceId} (${instanceType}): ${said}`;
}
