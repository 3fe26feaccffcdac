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

/** A verdict that cannot say whether a node is fine. */
interface Unsure {
  readonly node: Node;
  readonly verdict: Extract<Verdict, { readonly verdict: 'unknown' | 'crashed' }>;
}

/** What a rule says that is not `pass`, which is most of it: nothing is kept of that. */
interface Said {
  readonly rule: Rule;
  readonly problems: NodeProblem[];
  readonly unsure: Unsure[];
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
  const { rules, silentRule, remedies } = catalogue;
  const loadOf = groupLoads(snapshots);
  const said = verdicts(snapshots, rules, loadOf, policy, was);
  const context = contexts(fleet, loadOf, policy);
  const problems = [
    ...said.flatMap((one) => one.problems),
    ...problemsOfSilent(silent, fleet, silentRule),
  ];
  const remediesOf = ({ rule, node, of }: NodeProblem) =>
    typeof of === 'string'
      ? weighSilent(of, silentRule, remedies)
      : weigh(context({ rule: rule.id, about: rule.about }, { node, facts: of }), remedies);
  return {
    runId,
    startedAt,
    region: fleet.region,
    ...present({ account: fleet.account }),
    clusters: fleet.clusters.map(({ name }) => name),
    nodes: { discovered: fleet.nodes.length, read: snapshots.length, silent: silent.length },
    findings: groupProblems(problems, fleet, remediesOf).sort(worstFirst),
    unjudged: said.flatMap(unjudged),
    silent,
    ...present({ gaps, notes }),
  };
}

/** What each rule says of all nodes. */
function verdicts(
  snapshots: readonly Snapshot[],
  rules: readonly Rule[],
  loadOf: (node: Node) => GroupLoad,
  policy: Policy,
  was: Was,
): Said[] {
  const byRule = rules.map((rule): Said => ({ rule, problems: [], unsure: [] }));
  // Node by node: what a rule has looked at is near when the next one looks at it.
  for (const { node, facts } of snapshots) {
    const subject = { node, facts, group: loadOf(node), policy };
    for (const { rule, problems, unsure } of byRule) {
      const before = was(rule.id, node.instanceId);
      const known = before === undefined ? subject : { ...subject, was: before };
      const verdict = evaluate(rule, known, policy);
      if (verdict.verdict === 'finding') {
        const weight = facts.table === undefined ? 0 : facts.table.entries / facts.table.max;
        problems.push({ rule, node, problem: verdict, weight, of: facts });
      } else if (verdict.verdict !== 'pass') unsure.push({ node, verdict });
    }
  }
  return byRule;
}

function problemsOfSilent(
  silent: readonly SilentNode[],
  fleet: Fleet,
  rule: SilentRule,
): NodeProblem[] {
  const nodes = new Map(fleet.nodes.map((one) => [one.instanceId, one]));
  return silent.flatMap(({ instanceId, reason }) => {
    const node = nodes.get(instanceId);
    if (node === undefined) return [];
    return [{ rule, node, problem: rule.judge(reason), weight: 0, of: reason }];
  });
}

/** Collects the `unknown` and `crashed` verdicts of a rule by cause. */
function unjudged({ rule, unsure }: Said): Unjudged[] {
  const causes = groupByParts(unsure, ({ verdict }) =>
    verdict.verdict === 'crashed' ? [verdict.verdict, verdict.error] : verdict.missing,
  );
  return causes.flatMap((alike) => {
    const nodes = alike.map(({ node }) => node.instanceId);
    return alike.slice(0, 1).map(({ verdict }) => ({ rule: rule.id, ...causeOf(verdict), nodes }));
  });
}

function causeOf(verdict: Unsure['verdict']): Pick<Unjudged, 'verdict' | 'because' | 'missing'> {
  if (verdict.verdict === 'crashed') {
    return { verdict: 'crashed', because: verdict.error, missing: [] };
  }
  const { missing } = verdict;
  return { verdict: 'unknown', because: `not known: ${missing.join(', ')}`, missing };
}
