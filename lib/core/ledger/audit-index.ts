import type { Node } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import type { Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import { present } from '../text/present.js';
import type { Report } from '../judge/report.js';
import type { RuleText } from '../judge/rule.js';
import type { Mute } from '../mutes/mute.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import type { TableState } from './transition.js';
import { RETENTION_SECONDS } from './bounds.js';
import { elapsed } from '../text/elapsed.js';
import type { FindingMemory, Ledger } from './ledger.js';

/** An audit, and what to compare it with. */
export interface CompareInput {
  readonly report: Report;
  /** From `recall`; `compare` looks at its `growth`. */
  readonly evidence: Evidence;
  readonly ledger: Ledger | undefined;
  /** Every rule. */
  readonly rules: readonly RuleText[];
  readonly mutes: readonly Mute[];
  readonly policy: Policy;
}

type Place = Pick<FindingMemory, 'cluster' | 'nodeGroup'>;

/** What one audit knows about nodes and the audit before, by name. */
export interface AuditIndex extends Pick<CompareInput, 'mutes' | 'policy' | 'ledger'> {
  /** When the audit began: no other time counts. */
  readonly now: string;
  /** When the audit before began. Absent: there was none, or it was this audit. */
  readonly before?: string;
  /** Whether its cluster is still audited. */
  readonly isInScope: (place: Place) => boolean;
  /** `undefined` if this version no longer has the rule. */
  readonly rule: (id: string) => RuleText | undefined;
  /** `undefined` if the node is gone. */
  readonly node: (instanceId: string) => Node | undefined;
  /** `undefined` if the node was not read. */
  readonly facts: (instanceId: string) => NodeFacts | undefined;
  readonly table: (instanceId: string) => TableState | undefined;
  /** The fullest table of a node group, or of a cluster if the node group is `*`. */
  readonly fullest: (place: Place) => TableState | undefined;
  /** Whether this audit knows that a node no longer has the finding. */
  readonly cleared: (finding: FindingMemory) => (instanceId: string) => boolean;
  /** Whether a node of its place was read well enough to say that the finding went with the nodes that are gone. */
  readonly isProved: (finding: FindingMemory) => boolean;
}

/** Looks an audit up. */
export function audited(input: CompareInput): AuditIndex {
  const { report, evidence, ledger, mutes, policy } = input;
  const now = report.startedAt;
  const before = ledger?.auditedAt === now ? undefined : ledger?.auditedAt;
  const nodes = new Map(evidence.fleet.nodes.map((node) => [node.instanceId, node]));
  const snapshots = new Map(evidence.snapshots.map((one) => [one.node.instanceId, one]));
  const unjudged = new Set(
    report.unjudged.flatMap((one) => one.nodes.map((id) => `${one.rule}/${id}`)),
  );
  const membersOf = membership(evidence.snapshots);
  const clusters = new Set(report.clusters);
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]));

  const isJudged = (rule: string, id: string) =>
    snapshots.has(id) && !unjudged.has(`${rule}/${id}`);
  const isProved = (finding: FindingMemory) =>
    membersOf(finding).some(
      ({ node, facts }) =>
        isJudged(finding.rule, node.instanceId) &&
        (rules.get(finding.rule)?.proof !== 'growth' || facts.growth !== undefined),
    );
  return {
    now,
    ...present({ before }),
    ledger,
    mutes,
    policy,
    isInScope: ({ cluster }) => clusters.has(cluster),
    rule: (id) => rules.get(id),
    node: (id) => nodes.get(id),
    facts: (id) => snapshots.get(id)?.facts,
    table: (id) => tableOf(snapshots.get(id)),
    fullest: (place) =>
      membersOf(place)
        .flatMap((one) => tableOf(one) ?? [])
        .sort((a, b) => b.entries / b.max - a.entries / a.max)[0],
    cleared(finding) {
      const outlived = elapsed(finding.lastSeen, now) > RETENTION_SECONDS || isProved(finding);
      return (id) => (nodes.has(id) ? isJudged(finding.rule, id) : outlived);
    },
    isProved,
  };
}

/** Finds the nodes of a node group, or of a cluster, that were read. */
function membership(snapshots: readonly Snapshot[]): (place: Place) => readonly Snapshot[] {
  const groups = groupBy(snapshots, ({ node }) => keyOf(node));
  const clusters = groupBy(snapshots, ({ node }) => node.cluster);
  return (place) =>
    (place.nodeGroup === '*' ? clusters.get(place.cluster) : groups.get(keyOf(place))) ?? [];
}

function keyOf({ cluster, nodeGroup }: Place): string {
  return JSON.stringify([cluster, nodeGroup]);
}

function tableOf(snapshot: Snapshot | undefined): TableState | undefined {
  const table = snapshot?.facts.table;
  if (snapshot === undefined || table === undefined) return undefined;
  return { instanceId: snapshot.node.instanceId, entries: table.entries, max: table.max };
}
