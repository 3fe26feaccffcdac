import type { Evidence } from '../judge/judge.js';
import { present } from '../text/present.js';
import type { Report } from '../judge/report.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { MOST_FINDINGS, MOST_NODES, MOST_USAGES } from './bounds.js';
import { RETENTION_SECONDS } from './bounds.js';
import { elapsed } from '../text/elapsed.js';
import { fullness } from './fitted.js';
import { judgedColumns } from './growth.js';
import {
  LEDGER_SCHEMA_VERSION,
  type ChannelTrouble,
  type FindingMemory,
  type Ledger,
  type NodeMemory,
  type UsagePoint,
} from './ledger.js';
import { readAtOf } from './read-at.js';

/** What to remember from one audit. */
export interface Remembering {
  readonly evidence: Evidence;
  readonly report: Report;
  /** The ledger before the audit. */
  readonly ledger: Ledger | undefined;
  /** From `compare`. */
  readonly findings: Readonly<Record<string, FindingMemory>>;
  /** From `standings`. */
  readonly standing: Readonly<Record<string, number>>;
}

/** The next ledger, without an outbox. The same audit makes the same document, key by key. */
export function remember(remembering: Remembering): Ledger {
  const { evidence, report, ledger, findings, standing } = remembering;
  const now = report.startedAt;
  const channels = troublesOf(ledger);
  return {
    schemaVersion: LEDGER_SCHEMA_VERSION,
    region: report.region,
    runId: report.runId,
    auditedAt: now,
    nodes: byKey(keptNodes(evidence, ledger, now)),
    findings: byKey(keptFindings(findings, now)),
    ...(Object.keys(channels).length > 0 && { channels }),
    ...(Object.keys(standing).length > 0 && { standing }),
  };
}

/** Troubles that last; of a loss people hear in this audit, and it is over. */
function troublesOf(ledger: Ledger | undefined): Record<string, ChannelTrouble> {
  const { channels = {}, outbox = [] } = ledger ?? {};
  const lasting = Object.entries(channels).flatMap(([name, { lost, ...trouble }]) => {
    const isOwed = outbox.some(({ owed }) => owed?.[name] !== undefined);
    return lost === undefined || isOwed ? [[name, trouble] as const] : [];
  });
  return Object.fromEntries(lasting);
}

function byKey<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

type NodeEntry = readonly [instanceId: string, NodeMemory];

/** Nodes that were read, nodes that are silent, and for some days nodes that are gone. The fullest, if there are too many. */
function keptNodes(evidence: Evidence, ledger: Ledger | undefined, now: string): NodeEntry[] {
  const there = new Set(evidence.fleet.nodes.map(({ instanceId }) => instanceId));
  const before = Object.entries(ledger?.nodes ?? {}).filter(
    ([id, { readAt }]) => there.has(id) || elapsed(readAt, now) <= RETENTION_SECONDS,
  );
  const read = evidence.snapshots.map((snapshot): NodeEntry => {
    const id = snapshot.node.instanceId;
    return [id, nodeMemory(snapshot, ledger?.nodes[id], readAtOf(snapshot.facts, now))];
  });
  const all = [...new Map([...before, ...read])];
  return all.length <= MOST_NODES ? all : all.sort(dearest(there)).slice(0, MOST_NODES);
}

/** Those that are there before those that are gone, then the fullest first. */
function dearest(there: ReadonlySet<string>): (one: NodeEntry, other: NodeEntry) => number {
  const rank = ([id]: NodeEntry) => (there.has(id) ? 0 : 1);
  return (one, other) =>
    rank(one) - rank(other) ||
    fullness(other[1]) - fullness(one[1]) ||
    (one[0] < other[0] ? -1 : 1);
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

/** All open ones: `compare` leaves none over. Of the resolved ones, those that there is room for. */
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
