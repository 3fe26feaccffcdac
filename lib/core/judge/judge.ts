import type { Verdict } from './finding.js';
import type { Fleet } from '../node/fleet.js';
import type { Gap } from '../node/gap.js';
import { groupBy } from '../text/group-by.js';
import { groupLoads } from '../measure/group-load.js';
import { groupProblems, type NodeProblem } from './group-problems.js';
import type { Policy } from './policy.js';
import { present } from '../text/present.js';
import { contexts } from './contexts.js';
import type { Remedy } from './remedy.js';
import type { Report, Unjudged } from './report.js';
import { evaluate, type Rule, type SilentRule } from './rule.js';
import { worstFirst, type Severity } from './severity.js';
import type { SilentNode } from '../node/silent-node.js';
import type { Snapshot } from '../node/snapshot.js';
import { weigh, weighSilent } from './weigh.js';

/** One audit's material: everything from the nodes and the services. */
export interface Evidence {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly fleet: Fleet;
  readonly snapshots: readonly Snapshot[];
  readonly silent: readonly SilentNode[];
  /** What the services would not tell, in discovery and after it. Absent: nothing. */
  readonly gaps?: readonly Gap[];
  /** What people should know about the audit itself. Absent: nothing. */
  readonly notes?: readonly string[];
}

/** The rules, and the remedies that answer. Lists are in the order for people. */
export interface Catalogue {
  readonly rules: readonly Rule[];
  readonly silentRule: SilentRule;
  readonly remedies: readonly Remedy[];
}

interface Judged {
  readonly rule: Rule;
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
}

/** What a rule said about a node in the last audit. */
export type Was = (rule: string, instanceId: string) => Severity | undefined;

/** Judges every node by every rule, and makes the report. Pure. */
export function judge(
  evidence: Evidence,
  catalogue: Catalogue,
  policy: Policy,
  was: Was = () => undefined,
): Report {
  const { runId, startedAt, fleet, snapshots, silent, gaps, notes } = evidence;
  const { rules } = catalogue;
  const loadOf = groupLoads(snapshots);
  const judged = rules.flatMap((rule) =>
    snapshots.map((snapshot) => {
      const before = was(rule.id, snapshot.node.instanceId);
      const subject = { ...snapshot, group: loadOf(snapshot.node), ...present({ was: before }) };
      return { rule, snapshot, verdict: evaluate(rule, subject, policy) };
    }),
  );
  const context = contexts(fleet, loadOf, policy);
  const problems = [
    ...judged.flatMap((one) => problemOf(one, context, catalogue)),
    ...silent.flatMap((one) => problemOfSilent(one, fleet, catalogue)),
  ];
  return {
    runId,
    startedAt,
    region: fleet.region,
    ...present({ account: fleet.account }),
    clusters: fleet.clusters.map(({ name }) => name),
    nodes: { discovered: fleet.nodes.length, read: snapshots.length, silent: silent.length },
    findings: groupProblems(problems, fleet).sort(worstFirst),
    unjudged: unjudged(judged),
    silent,
    ...present({ gaps, notes }),
  };
}

function problemOf(
  { rule, snapshot, verdict }: Judged,
  context: ReturnType<typeof contexts>,
  { remedies: all }: Catalogue,
): NodeProblem[] {
  if (verdict.verdict !== 'finding') return [];
  const { node, facts } = snapshot;
  const weight = facts.table === undefined ? 0 : facts.table.entries / facts.table.max;
  const { id, about } = rule;
  const remedies = () => weigh({ rule: id, about, ...context(snapshot) }, all);
  return [{ rule, node, problem: verdict, weight, remedies }];
}

function problemOfSilent(
  { instanceId, reason }: SilentNode,
  fleet: Fleet,
  { silentRule, remedies: all }: Catalogue,
): NodeProblem[] {
  const node = fleet.nodes.find((one) => one.instanceId === instanceId);
  if (node === undefined) return [];
  const remedies = () => weighSilent(reason, silentRule, all);
  const problem = silentRule.judge(reason);
  return [{ rule: silentRule, node, problem, weight: 0, remedies }];
}

/** Collects the `unknown` and `crashed` verdicts, by rule and cause. */
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
