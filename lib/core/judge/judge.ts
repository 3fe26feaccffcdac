import { severities, type Severity, type Verdict } from './finding.js';
import type { Fleet } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import { groupLoads } from '../measure/group-load.js';
import { groupProblems, type NodeProblem } from './group-problems.js';
import type { Policy } from './policy.js';
import { present } from '../text/present.js';
import type { Case } from './remedy.js';
import type { Report, Unjudged } from './report.js';
import { evaluate, type Rule } from './rule.js';
import { nodeSilent } from '../rules/node-silent.js';
import type { SilentNode } from '../node/silent-node.js';
import type { Snapshot } from '../node/snapshot.js';
import { weigh } from './weigh.js';
import { reachSilentNode } from '../remedies/reach-node.js';

/** One audit's material: everything that the nodes and the services told. */
export interface Evidence {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly fleet: Fleet;
  readonly snapshots: readonly Snapshot[];
  readonly silent: readonly SilentNode[];
}

interface Judged {
  readonly rule: Rule;
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
}

/** What a rule said of a node in the last audit. */
export type Was = (rule: string, instanceId: string) => Severity | undefined;

/** Judges every node by every rule, and makes of it what people are told. Pure. */
export function judge(
  evidence: Evidence,
  rules: readonly Rule[],
  policy: Policy,
  was: Was = () => undefined,
): Report {
  const { runId, startedAt, fleet, snapshots, silent } = evidence;
  const loadOf = groupLoads(snapshots);
  const judged = rules.flatMap((rule) =>
    snapshots.map((snapshot) => {
      const before = was(rule.id, snapshot.node.instanceId);
      const subject = { ...snapshot, group: loadOf(snapshot.node), ...present({ was: before }) };
      return { rule, snapshot, verdict: evaluate(rule, subject, policy) };
    }),
  );
  const context = ({ node, facts }: Snapshot) => ({
    ...node,
    facts,
    group: loadOf(node),
    shapes: fleet.shapes,
    policy,
  });
  const problems = [
    ...judged.flatMap((one) => seen(one, context)),
    ...silent.flatMap((one) => unseen(one, fleet)),
  ];
  return {
    runId,
    startedAt,
    region: fleet.region,
    clusters: fleet.clusters.map(({ name }) => name),
    nodes: { discovered: fleet.nodes.length, read: snapshots.length, silent: silent.length },
    findings: groupProblems(problems, fleet).sort(bySeverity),
    unjudged: unjudged(judged),
    silent,
  };
}

function seen(
  { rule, snapshot, verdict }: Judged,
  context: (snapshot: Snapshot) => Omit<Case, 'rule'>,
): NodeProblem[] {
  if (verdict.verdict !== 'finding') return [];
  const { node, facts } = snapshot;
  const weight = facts.table === undefined ? 0 : facts.table.entries / facts.table.max;
  const remedies = () => weigh({ rule: rule.id, ...context(snapshot) });
  return [{ rule, node, problem: verdict, weight, remedies }];
}

function unseen({ instanceId, reason }: SilentNode, fleet: Fleet): NodeProblem[] {
  const node = fleet.nodes.find((one) => one.instanceId === instanceId);
  if (node === undefined) return [];
  const remedies = () => [reachSilentNode(reason)];
  const problem = nodeSilent.judge(reason);
  return [{ rule: nodeSilent, node, problem, weight: 0, remedies }];
}

/** Collects the verdicts that are no judgement, by rule and cause. */
function unjudged(judged: readonly Judged[]): Unjudged[] {
  const causes = judged.flatMap(({ rule, snapshot, verdict }) => {
    if (verdict.verdict === 'pass' || verdict.verdict === 'finding') return [];
    const missing = verdict.verdict === 'unknown' ? verdict.missing : [];
    const because =
      verdict.verdict === 'unknown' ? `not known: ${missing.join(', ')}` : verdict.error;
    const cause = { rule: rule.id, verdict: verdict.verdict, because, missing };
    return [{ cause, instanceId: snapshot.node.instanceId }];
  });
  return [...groupBy(causes, ({ cause }) => JSON.stringify(cause)).values()].flatMap((group) => {
    const nodes = group.map(({ instanceId }) => instanceId);
    return group.slice(0, 1).map(({ cause }) => ({ ...cause, nodes }));
  });
}

function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}
