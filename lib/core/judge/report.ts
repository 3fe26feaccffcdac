import type { Finding } from './finding.js';
import type { Account, Gap } from '../node/gap.js';
import type { FactName } from '../node/snapshot.js';
import type { SilentNode } from '../node/silent-node.js';

/** A rule that had no opinion, or broke, about some nodes. */
export interface Unjudged {
  readonly rule: string;
  readonly verdict: 'unknown' | 'crashed';
  /** The missing facts, or the error's message. */
  readonly because: string;
  readonly missing: readonly FactName[];
  readonly nodes: readonly string[];
}

/** All results of one audit. */
export interface Report {
  readonly runId: string;
  /** ISO 8601, UTC: when the audit began. */
  readonly startedAt: string;
  readonly region: string;
  /** The audited account. Absent where it could not be known. */
  readonly account?: Account;
  readonly clusters: readonly string[];
  readonly nodes: { readonly discovered: number; readonly read: number; readonly silent: number };
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly unjudged: readonly Unjudged[];
  readonly silent: readonly SilentNode[];
  /** What the services would not tell. Absent: nothing. */
  readonly gaps?: readonly Gap[];
  /** What people should know about the audit itself: answers of another probe. Absent: nothing. */
  readonly notes?: readonly string[];
}
