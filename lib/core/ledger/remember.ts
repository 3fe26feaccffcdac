import type { Evidence } from '../judge/judge.js';
import { present } from '../text/present.js';
import type { Report } from '../judge/report.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { MOST_FINDINGS, MOST_NODES, MOST_USAGES } from './bounds.js';
import { RETENTION_SECONDS } from './bounds.js';
import { elapsed } from '../text/elapsed.js';
import { judgedColumns } from './growth.js';
import {
  LEDGER_SCHEMA_VERSION,
  type FindingMemory,
  type Ledger,
  type NodeMemory,
  type UsagePoint,
} from './ledger.js';

/** What to remember from one audit. */
export interface Remembering {
  readonly evidence: Evidence;
  readonly report: Report;
  /** The ledger before the audit. */
  readonly ledger: Ledger | undefined;
  /** From `compare`. */
  readonly findings: Readonly<Record<string, FindingMemory>>;
}

/** The next ledger, without an outbox. The same audit makes the same document, key by key. */
export function remember({ evidence, report, ledger, findings }: Remembering): Ledger {
  const now = report.startedAt;
  return {
    schemaVersion: LEDGER_SCHEMA_VERSION,
    region: report.region,
    runId: report.runId,
    auditedAt: now,
    nodes: byKey(keptNodes(evidence, ledger, now)),
    findings: byKey(keptFindings(findings, now)),
  };
}

function byKey<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

type NodeEntry = readonly [instanceId: string, NodeMemory];

/** Nodes that were read, nodes that are silent, and for some days nodes that are gone. */
function keptNodes(evidence: Evidence, ledger: Ledger | undefined, now: string): NodeEntry[] {
  const there = new Set(evidence.fleet.nodes.map(({ instanceId }) => instanceId));
  const before = Object.entries(ledger?.nodes ?? {}).filter(
    ([id, { readAt }]) => there.has(id) || elapsed(readAt, now) <= RETENTION_SECONDS,
  );
  const read = evidence.snapshots.map((snapshot): NodeEntry => {
    const id = snapshot.node.instanceId;
    return [id, nodeMemory(snapshot, ledger?.nodes[id], now)];
  });
  const all = [...new Map([...before, ...read])];
  return all.sort(lastReadFirst).slice(0, MOST_NODES);
}

function lastReadFirst([a, one]: NodeEntry, [b, other]: NodeEntry): number {
  return elapsed(one.readAt, other.readAt) || (a < b ? -1 : 1);
}

function nodeMemory({ node, facts }: Snapshot, before: NodeMemory | undefined, now: string) {
  // An audit that began earlier and ended later knows less.
  if (before !== undefined && elapsed(before.readAt, now) < 0) return before;
  const { cluster, nodeGroup } = node;
  const { counters = {}, allowance, boot } = facts;
  const judged = judgedColumns.map((column) => [column, counters[column]]);
  return {
    cluster,
    nodeGroup,
    readAt: now,
    ...present({ bootId: boot?.id }),
    counters: present(Object.fromEntries(judged) as NodeMemory['counters']),
    exceeded: present(allowance?.exceeded ?? {}),
    usage: usageOf(facts, before, now),
  };
}

function usageOf({ table }: NodeFacts, before: NodeMemory | undefined, now: string): UsagePoint[] {
  const at = Math.floor(Date.parse(now) / 1_000);
  const past = (before?.usage ?? []).filter(([then]) => then < at);
  const point: UsagePoint[] = table === undefined ? [] : [[at, table.entries, table.max]];
  return [...past, ...point].slice(-MOST_USAGES);
}

type FindingEntry = readonly [id: string, FindingMemory];

function keptFindings(
  findings: Readonly<Record<string, FindingMemory>>,
  now: string,
): FindingEntry[] {
  return Object.entries(findings)
    .filter(([, { state, resolvedAt = now }]) => {
      return state === 'open' || elapsed(resolvedAt, now) <= RETENTION_SECONDS;
    })
    .sort(dearestFirst)
    .slice(0, MOST_FINDINGS);
}

/** Open before resolved, and the latest first. */
function dearestFirst([a, one]: FindingEntry, [b, other]: FindingEntry): number {
  if (one.state !== other.state) return one.state === 'open' ? -1 : 1;
  return elapsed(lastOf(one), lastOf(other)) || (a < b ? -1 : 1);
}

function lastOf({ state, lastSeen, resolvedAt = lastSeen }: FindingMemory): string {
  return state === 'open' ? lastSeen : resolvedAt;
}
