import type { AllowanceName } from '../node/allowance.js';
import type { Digest } from './digest.js';
import type { Severity } from '../judge/severity.js';

/** Raised if an older program would misread the text of a newer one. */
export const LEDGER_SCHEMA_VERSION = 1;

/** One reading: seconds since 1970, entries, and the limit at that time. */
export type UsagePoint = readonly [at: number, entries: number, max: number];

/** The memory of one node. */
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
  /** Its last usages, at most a dozen, oldest first. */
  readonly usage: readonly UsagePoint[];
}

/** The memory of one finding, open or recently resolved. */
export interface FindingMemory {
  /** `rule/cluster/nodeGroup`, and `/cause` where causes are findings of their own. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly state: 'open' | 'resolved';
  /** From the last audit that saw it. */
  readonly severity: Severity;
  readonly summary: string;
  /** All nodes that had it when it was last seen. */
  readonly nodes: readonly string[];
  /** Nodes among them with a milder severity than the worst. */
  readonly milder?: Readonly<Record<string, Severity>>;
  /** Nodes among them that were not judged since, if others are known to be clear. */
  readonly unread?: readonly string[];
  /** The worst of them, and its table then: the "before" of a fix. */
  readonly worst?: { readonly instanceId: string; readonly entries: number; readonly max: number };
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** When people were last told that it is open. Absent: never, as it was muted. */
  readonly lastTold?: string;
  /** Audits in a row in which it was clear but not yet called resolved. */
  readonly clearFor?: number;
  readonly resolvedAt?: string;
  /** How often it came back soon after it was resolved. */
  readonly reopened?: number;
  /** End of its mute in the last audit, which people will hear of. */
  readonly silencedUntil?: string;
}

/** What one channel is still owed of a digest. */
export interface Owed {
  /** Ids of the findings whose changes it has not taken. Absent: the whole digest. */
  readonly left?: readonly string[];
  /** How many audits tried in vain. Absent: none. */
  readonly tries?: number;
  /** Who is telling it now. Nobody else does until then: ISO 8601, UTC. */
  readonly claim?: { readonly by: string; readonly until: string };
}

/** A digest that an audit has promised to tell. It is in the ledger before it is told. */
export interface Promised {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly promisedAt: string;
  readonly digest: Digest;
  /** By name of the channel. Absent: an older program wrote it, and every channel is owed it. */
  readonly owed?: Readonly<Record<string, Owed>>;
}

/** A channel, or a record, that did not take what it was given. */
export interface ChannelTrouble {
  /** ISO 8601, UTC: the audit in which it began. */
  readonly since: string;
  /** What it said last. */
  readonly error: string;
  /** Changes of which it will not hear: it refused them for good, or it was broken for too long. */
  readonly lost?: number;
}

/** The memory of the last audit of one account and Region. One document. */
export interface Ledger {
  readonly schemaVersion: typeof LEDGER_SCHEMA_VERSION;
  readonly region: string;
  /** The audit that wrote it, and when that audit began. */
  readonly runId: string;
  readonly auditedAt: string;
  readonly nodes: Readonly<Record<string, NodeMemory>>;
  readonly findings: Readonly<Record<string, FindingMemory>>;
  /** Digests that some channel has not taken, oldest first. */
  readonly outbox?: readonly Promised[];
  /** Channels in trouble, by name. */
  readonly channels?: Readonly<Record<string, ChannelTrouble>>;
  /** True: it was too long to be read again, and something was left out. */
  readonly cut?: true;
  /** What held in this audit, by key: in how many audits in a row. People are told once. */
  readonly standing?: Readonly<Record<string, number>>;
}
