import type { Verdict } from './finding.js';
import type { Fleet, Node } from '../node/fleet.js';
import type { Gap } from '../node/gap.js';
import { groupByParts } from '../text/group-by.js';
import { groupLoads, type GroupLoad } from '../measure/group-load.js';
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

/** A verdict that says something: `pass` is most of them, and nothing is kept of it. */
interface Judged {
  readonly rule: Rule;
  readonly snapshot: Snapshot;
  readonly verdict: Exclude<Verdict, { readonly verdict: 'pass' }>;
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
  const judged = verdicts(snapshots, rules, loadOf, policy, was);
  const context = contexts(fleet, loadOf, policy);
  const problems = [
    ...judged.flatMap((one) => problemOf(one, context, catalogue)),
    ...problemsOfSilent(silent, fleet, catalogue),
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

/** What the rules say that is not `pass`: all of the first rule, then all of the next. */
function verdicts(
  snapshots: readonly Snapshot[],
  rules: readonly Rule[],
  loadOf: (node: Node) => GroupLoad,
  policy: Policy,
  was: Was,
): Judged[] {
  const byRule = rules.map((rule) => ({ rule, said: [] as Judged[] }));
  // Node by node: what a rule has looked at is near when the next one looks at it.
  for (const snapshot of snapshots) {
    const { node, facts } = snapshot;
    const subject = { node, facts, group: loadOf(node), policy };
    for (const { rule, said } of byRule) {
      const before = was(rule.id, node.instanceId);
      const known = before === undefined ? subject : { ...subject, was: before };
      const verdict = evaluate(rule, known, policy);
      if (verdict.verdict !== 'pass') said.push({ rule, snapshot, verdict });
    }
  }
  return byRule.flatMap(({ said }) => said);
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
  const remedies = () => weigh(context({ rule: id, about }, snapshot), all);
  return [{ rule, node, problem: verdict, weight, remedies }];
}

function problemsOfSilent(
  silent: readonly SilentNode[],
  fleet: Fleet,
  { silentRule, remedies: all }: Catalogue,
): NodeProblem[] {
  const nodes = new Map(fleet.nodes.map((one) => [one.instanceId, one]));
  return silent.flatMap(({ instanceId, reason }) => {
    const node = nodes.get(instanceId);
    if (node === undefined) return [];
    const remedies = () => weighSilent(reason, silentRule, all);
    const problem = silentRule.judge(reason);
    return [{ rule: silentRule, node, problem, weight: 0, remedies }];
  });
}

/** Collects the `unknown` and `crashed` verdicts, by rule and cause. */
function unjudged(judged: readonly Judged[]): Unjudged[] {
  const silent = judged.filter(({ verdict }) => verdict.verdict !== 'finding');
  const causes = groupByParts(silent, ({ rule, verdict }) =>
    verdict.verdict === 'crashed'
      ? [rule, verdict.verdict, verdict.error]
      : [rule, ...(verdict.verdict === 'unknown' ? verdict.missing : [])],
  );
  return causes.flatMap((alike) => alike.slice(0, 1).flatMap((first) => unjudgedOf(first, alike)));
}

function unjudgedOf({ rule, verdict }: Judged, alike: readonly Judged[]): Unjudged[] {
  if (verdict.verdict === 'finding') return [];
  const missing = verdict.verdict === 'unknown' ? verdict.missing : [];
  const because =
    verdict.verdict === 'unknown' ? `not known: ${missing.join(', ')}` : verdict.error;
  const nodes = alike.map(({ snapshot }) => snapshot.node.instanceId);
  return [{ rule: rule.id, verdict: verdict.verdict, because, missing, nodes }];
}
