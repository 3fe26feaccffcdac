import { judge, type Catalogue, type Evidence } from '../judge/judge.js';
import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import type { Severity } from '../judge/severity.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { factsAfter } from './facts-after.js';
import { effectOf, tableAfter, type TableAfter } from './model.js';
import type { Question } from './question.js';
import { suppose, type Supposed } from './suppose.js';

/** What would become of one node group. */
export interface GroupAnswer {
  readonly cluster: string;
  readonly nodeGroup: string;
  /** Nodes whose table was read. */
  readonly nodes: number;
  /** The node that would be the fullest. */
  readonly worst: string;
  readonly before: Effect;
  /** Without a limit or a usage where that cannot be known. */
  readonly after: Effect;
  /** What of it is not known, and what speaks against it, each said once. */
  readonly notes: readonly string[];
}

/** A finding that would begin or end. */
export interface Turned {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

/** The answer to a question. */
export interface Answer {
  readonly groups: readonly GroupAnswer[];
  /** What the rules would find that they do not find now, or find worse. */
  readonly fires: readonly Turned[];
  /** What they would no longer find. Drops of the time before are not counted. */
  readonly stops: readonly Turned[];
}

/** Changes the facts of a run as it is asked, and judges them again by the same rules. Pure. */
export function whatIf(
  question: Question,
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
): Answer {
  const chosen = evidence.snapshots.filter(({ node }) => isAsked(question, node));
  const supposed = suppose(question, chosen, evidence, catalogue, policy);
  const snapshots = evidence.snapshots.map((one) => {
    const said = supposed.get(one.node.instanceId);
    if (said === undefined || said.changes.length === 0) return one;
    return { ...one, facts: factsAfter(one, said.changes, policy) };
  });
  const then = judge({ ...evidence, snapshots }, catalogue, policy);
  return { groups: groupsOf(chosen, supposed, policy), ...turned(report, then, question) };
}

function isAsked({ cluster, nodeGroup }: Question, node: Snapshot['node']): boolean {
  return (
    (cluster === undefined || node.cluster === cluster) &&
    (nodeGroup === undefined || node.nodeGroup === nodeGroup)
  );
}

function turned(now: Report, then: Report, { cluster }: Question): Pick<Answer, 'fires' | 'stops'> {
  const here = (one: { cluster: string }) => cluster === undefined || one.cluster === cluster;
  const before = new Map(now.findings.filter(here).map((one) => [one.id, one]));
  const after = new Map(then.findings.filter(here).map((one) => [one.id, one]));
  const short = ({ id, severity, summary }: Turned): Turned => ({ id, severity, summary });
  return {
    fires: [...after.values()]
      .filter(({ id, severity }) => before.get(id)?.severity !== severity)
      .map(short),
    stops: [...before.values()].filter(({ id }) => !after.has(id)).map(short),
  };
}

function groupsOf(
  snapshots: readonly Snapshot[],
  supposed: ReadonlyMap<string, Supposed>,
  policy: Policy,
): GroupAnswer[] {
  const groups = groupBy(snapshots, ({ node }) => JSON.stringify([node.cluster, node.nodeGroup]));
  return [...groups.values()]
    .flatMap((group) => groupOf(group, supposed, policy))
    .sort((a, b) => (b.before.usage ?? 0) - (a.before.usage ?? 0));
}

interface Then {
  readonly snapshot: Snapshot;
  readonly after: TableAfter;
}

function groupOf(
  group: readonly Snapshot[],
  supposed: ReadonlyMap<string, Supposed>,
  policy: Policy,
): GroupAnswer[] {
  const all = group.flatMap((snapshot): Then[] => {
    const { changes = [] } = supposed.get(snapshot.node.instanceId) ?? {};
    const after = tableAfter(snapshot, changes, policy);
    return after === undefined ? [] : [{ snapshot, after }];
  });
  const [worst] = [...all].sort(
    (a, b) => b.after.most - a.after.most || b.after.least - a.after.least,
  );
  if (worst === undefined) return [];
  const { cluster, nodeGroup, instanceId } = worst.snapshot.node;
  const { facts } = worst.snapshot;
  const said = all.flatMap(({ snapshot }) => supposed.get(snapshot.node.instanceId)?.notes ?? []);
  const isKnown = supposed.get(instanceId)?.isKnown !== false;
  return [
    present({
      cluster,
      nodeGroup,
      nodes: all.length,
      worst: instanceId,
      before: usageOf(facts.table?.max, facts, policy),
      after: isKnown ? effectOf(worst.after) : {},
      notes: [...new Set(said)],
    }),
  ];
}
