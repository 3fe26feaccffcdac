import { judge, type Catalogue, type Evidence, type Was } from '../judge/judge.js';
import type { Effect, Finding } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { groupBy, groupByParts } from '../text/group-by.js';
import { plural } from '../text/format.js';
import { factsAfter, isSameTable, settingsAfter } from './facts-after.js';
import { effectOf, tableAfter, type TableAfter } from './model.js';
import type { Question } from './question.js';
import { suppose } from './suppose.js';
import { nothing, type Supposed } from './supposed.js';
import { turned, type Turns } from './turned.js';

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

/** The answer to a question. */
export interface Answer extends Turns {
  readonly groups: readonly GroupAnswer[];
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
  const thens = new Map(chosen.map((one) => [one.node.instanceId, thenOf(one, supposed, policy)]));
  const here = ({ cluster }: Finding) =>
    question.cluster === undefined || cluster === question.cluster;
  const judged = (facts: (then: Then) => Snapshot['facts']) => {
    const snapshots = evidence.snapshots.map((one) => {
      const then = thens.get(one.node.instanceId);
      return then === undefined ? one : { ...one, facts: facts(then) };
    });
    return judge({ ...evidence, snapshots }, catalogue, policy, wasOf(report)).findings.filter(
      here,
    );
  };
  const hasRoom = (after: TableAfter | undefined) =>
    after !== undefined && after.most + after.margin < policy.warningUsage;
  return {
    groups: groupsOf([...thens.values()], policy),
    ...turned(
      report.findings.filter(here),
      judged(({ calm }) => calm),
      judged(({ facts }) => facts),
      catalogue,
      (nodes) => nodes.every(({ instanceId }) => hasRoom(thens.get(instanceId)?.after)),
    ),
  };
}

function isAsked({ cluster, nodeGroup }: Question, node: Snapshot['node']): boolean {
  return (
    (cluster === undefined || node.cluster === cluster) &&
    (nodeGroup === undefined || node.nodeGroup === nodeGroup)
  );
}

/** What the run itself says is what was said before the change. */
function wasOf({ findings }: Report): Was {
  const said = new Map(
    findings.flatMap(({ rule, nodes }) =>
      nodes.map(({ instanceId, severity }) => [`${rule} ${instanceId}`, severity] as const),
    ),
  );
  return (rule, instanceId) => said.get(`${rule} ${instanceId}`);
}

/** A node before and after. */
interface Then {
  readonly snapshot: Snapshot;
  readonly supposed: Supposed;
  readonly facts: Snapshot['facts'];
  /** The same without the change. */
  readonly calm: Snapshot['facts'];
  /** Absent where its table was not read. */
  readonly after: TableAfter | undefined;
}

/** What happened before still counts where nothing happens to the table. */
function thenOf(snapshot: Snapshot, all: ReadonlyMap<string, Supposed>, policy: Policy): Then {
  const supposed = all.get(snapshot.node.instanceId) ?? nothing;
  const { changes, perhaps } = supposed;
  const after = tableAfter(snapshot, [...changes, ...perhaps], policy);
  if (isSameTable(snapshot, changes)) {
    const facts = settingsAfter(snapshot.facts, changes);
    return { snapshot, supposed, facts, calm: snapshot.facts, after };
  }
  const facts = factsAfter(snapshot, changes, policy);
  const calm = factsAfter(snapshot, [], policy);
  return { snapshot, supposed, facts, calm, after };
}

function groupsOf(thens: readonly Then[], policy: Policy): GroupAnswer[] {
  const groups = groupByParts(thens, ({ snapshot: { node } }) => [node.cluster, node.nodeGroup]);
  return groups
    .flatMap((group) => groupOf(group, policy))
    .sort((a, b) => (b.before.usage ?? 0) - (a.before.usage ?? 0));
}

type Read = Then & { readonly after: TableAfter };

function groupOf(group: readonly Then[], policy: Policy): GroupAnswer[] {
  const read = group.filter((one): one is Read => one.after !== undefined);
  const [worst] = [...read].sort(
    (a, b) => b.after.most - a.after.most || (b.after.least ?? 0) - (a.after.least ?? 0),
  );
  if (worst === undefined) return [];
  const { cluster, nodeGroup, instanceId } = worst.snapshot.node;
  const { facts } = worst.snapshot;
  return [
    {
      cluster,
      nodeGroup,
      nodes: read.length,
      worst: instanceId,
      before: usageOf(facts.table?.max, facts, policy),
      after: knownOf(worst),
      notes: notesOf(read),
    },
  ];
}

function knownOf({ supposed: { known }, after }: Read): Effect {
  if (known === 'nothing') return {};
  return known === 'limit' ? { limit: after.limit } : effectOf(after);
}

/** Of one subject what the first node says, and of how many, where it is not all. */
function notesOf(read: readonly Read[]): string[] {
  const notes = groupBy(
    read.flatMap(({ supposed }) => supposed.notes),
    ({ about }) => about,
  );
  return [...notes.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const some = `on ${of.length} of ${plural(read.length, 'node')} ${first.text}`;
    return of.length === read.length ? first.text : some;
  });
}
