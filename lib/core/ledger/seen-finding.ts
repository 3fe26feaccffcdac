import type { Finding } from '../judge/finding.js';
import { type Severity, isWorse } from '../judge/severity.js';
import { present } from '../text/present.js';
import { matching } from '../mutes/mute.js';
import type { AuditIndex } from './audit-index.js';
import { RETENTION_SECONDS } from './bounds.js';
import { elapsed } from '../text/elapsed.js';
import type { FindingMemory } from './ledger.js';
import { quiet, type Outcome } from './outcome.js';
import { kindOf, noteOn } from './telling.js';

/** How a finding of this audit changes. */
export function compareSeen(finding: Finding, audited: AuditIndex): Outcome {
  const before = known(audited.ledger?.findings[finding.id], audited);
  const mute = matching(finding, audited.mutes, audited.now);
  if (mute !== undefined) {
    const memory = { ...next(finding, before, false, audited), silencedUntil: mute.until };
    return { memory, silenced: quiet(finding, mute) };
  }
  const kind = kindOf(finding, before, audited);
  const memory = next(finding, before, kind !== undefined, audited);
  if (kind === undefined) return { memory };
  const was = kind === 'new' ? undefined : before?.severity;
  const note = noteOn(kind, finding, before, audited);
  const isLost = note !== undefined && kind !== 'unsilenced';
  const transition = {
    kind,
    finding,
    since: memory.firstSeen,
    ...present({ was, note }),
    ...(isLost && { fixLost: true as const }),
  };
  return { memory, transition };
}

/** A finding resolved before the remembered time counts as never seen. */
function known(before: FindingMemory | undefined, { now }: AuditIndex): FindingMemory | undefined {
  if (before?.state !== 'resolved' || before.resolvedAt === undefined) return before;
  return elapsed(before.resolvedAt, now) > RETENTION_SECONDS ? undefined : before;
}

/** Its memory, without its mute. */
function next(
  finding: Finding,
  before: FindingMemory | undefined,
  told: boolean,
  audited: AuditIndex,
): FindingMemory {
  const { id, rule, title, cluster, nodeGroup, severity, summary } = finding;
  const { now } = audited;
  const [worst] = finding.nodes;
  return {
    id,
    rule,
    title,
    cluster,
    nodeGroup,
    state: 'open',
    severity,
    summary,
    ...nodesOf(finding, before, audited),
    ...present({ worst: worst && audited.table(worst.instanceId) }),
    firstSeen: before?.firstSeen ?? now,
    lastSeen: now,
    ...present(history(before, told, audited)),
  };
}

function history(
  before: FindingMemory | undefined,
  told: boolean,
  audited: AuditIndex,
): { [K in 'lastTold' | 'resolvedAt' | 'reopened']: FindingMemory[K] | undefined } {
  const wasOpen = before?.state === 'open';
  const lastTold = wasOpen ? before.lastTold : undefined;
  return {
    lastTold: told ? audited.now : lastTold,
    // Kept until people hear that it came back: if it goes before, it never came back.
    resolvedAt: told ? undefined : before?.resolvedAt,
    reopened: wasOpen ? before.reopened : timesReopened(before, audited),
  };
}

function timesReopened(
  before: FindingMemory | undefined,
  { now, policy }: AuditIndex,
): number | undefined {
  if (before?.resolvedAt === undefined) return undefined;
  const isSoon = elapsed(before.resolvedAt, now) <= policy.flapSeconds;
  return isSoon ? (before.reopened ?? 0) + 1 : undefined;
}

function nodesOf(
  finding: Finding,
  before: FindingMemory | undefined,
  audited: AuditIndex,
): Pick<FindingMemory, 'nodes' | 'milder'> {
  const seen = finding.nodes.map((node) => [node.instanceId, node.severity] as const);
  const others = unjudged(finding, before, audited);
  const nodes = new Map([...seen, ...others, ...seen]);
  const milder = [...nodes].filter(([, severity]) => severity !== finding.severity);
  return {
    nodes: [...nodes.keys()],
    ...(milder.length === 0 ? {} : { milder: Object.fromEntries(milder) }),
  };
}

/** Nodes that had it and were not judged since: they keep it until then. */
function unjudged(
  finding: Finding,
  before: FindingMemory | undefined,
  audited: AuditIndex,
): [string, Severity][] {
  if (before?.state !== 'open' || before.clearFor !== undefined) return [];
  const { severity, milder, nodes, unread = nodes } = before;
  const isClear = audited.cleared(before);
  return unread
    .filter((id) => audited.node(id) !== undefined && !isClear(id))
    .map((id) => [id, milderOf(milder?.[id] ?? severity, finding.severity)]);
}

/** No node of a finding is worse than the finding. */
function milderOf(one: Severity, other: Severity): Severity {
  return isWorse(one, other) ? other : one;
}
