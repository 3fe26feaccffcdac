import type { AllowanceName } from '../node/allowance.js';
import type { Digest } from './digest.js';
import type { Severity } from '../judge/severity.js';

/** Raised when an older program would misread what a newer one wrote. */
export const LEDGER_SCHEMA_VERSION = 1;

/** One usage that was read: seconds since 1970, entries, and the limit at that time. */
export type UsagePoint = readonly [at: number, entries: number, max: number];

/** What is remembered of one node. */
export interface NodeMemory {
  readonly cluster: string;
  readonly nodeGroup: string;
  /** ISO 8601, UTC: when it was last read. A node that fell silent keeps its last reading. */
  readonly readAt: string;
  /** Counters of one boot tell nothing about those of another. */
  readonly bootId?: string;
  /** The judged columns of `/proc/net/stat/nf_conntrack`, summed over CPUs. */
  readonly counters: Readonly<Record<string, number>>;
  readonly exceeded: Readonly<Partial<Record<AllowanceName, number>>>;
  /** Its last usages, oldest first; not more than a dozen. */
  readonly usage: readonly UsagePoint[];
}

/** What is remembered of one finding, open or not long ago resolved. */
export interface FindingMemory {
  /** `rule/cluster/nodeGroup`, and `/cause` where causes are findings of their own. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly state: 'open' | 'resolved';
  /** That of the last audit that saw it. */
  readonly severity: Severity;
  readonly summary: string;
  /** All nodes that had it when it was last seen. */
  readonly nodes: readonly string[];
  /** Those of them that had it less severely than the worst. */
  readonly milder?: Readonly<Record<string, Severity>>;
  /** Those of them that were not judged since, where others are known to be clear. */
  readonly unread?: readonly string[];
  /** The worst of them, and its table then: the "before" of a fix. */
  readonly worst?: { readonly instanceId: string; readonly entries: number; readonly max: number };
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** When people were last told that it is there. Absent: they were not, as it was muted. */
  readonly lastTold?: string;
  /** Audits in a row in which it was clear, while it is not yet called resolved. */
  readonly clearFor?: number;
  readonly resolvedAt?: string;
  /** How often it came back soon after it was resolved. */
  readonly reopened?: number;
  /** Until when it was muted in the last audit: its end is announced. */
  readonly silencedUntil?: string;
}

/** A digest that an audit has promised to tell. It is in the ledger before it is told. */
export interface Promised {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly promisedAt: string;
  readonly digest: Digest;
}

/** What the last audit of one account and Region knew. One document. */
export interface Ledger {
  readonly schemaVersion: typeof LEDGER_SCHEMA_VERSION;
  readonly region: string;
  /** The audit that wrote it, and when that audit began. */
  readonly runId: string;
  readonly auditedAt: string;
  readonly nodes: Readonly<Record<string, NodeMemory>>;
  readonly findings: Readonly<Record<string, FindingMemory>>;
  /** What is not known to have been told, oldest first. */
  readonly outbox?: readonly Promised[];
}
