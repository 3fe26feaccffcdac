import type { Finding } from '../judge/finding.js';
import type { Severity } from '../judge/severity.js';

/** What can become of a finding from one audit to the next. */
export const transitionKinds = [
  'new',
  'worse',
  'reopened',
  'unsilenced',
  'reminded',
  'better',
  'resolved',
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** A table at one time. */
export interface TableState {
  readonly instanceId: string;
  readonly entries: number;
  readonly max: number;
}

/** One change that people are told of. */
export interface Transition {
  readonly kind: TransitionKind;
  /** The finding as it is now; of one that is resolved, as it was when it was last seen. */
  readonly finding: Finding;
  /** ISO 8601, UTC: when it was first seen. */
  readonly since: string;
  /** What it was in the audit before; absent for `new`. */
  readonly was?: Severity;
  /** The worst node's table when the finding was last seen, and the same node's now: a fix, verified. */
  readonly before?: TableState;
  readonly after?: TableState;
  /** What else explains it: who put a limit back, that a node is gone. */
  readonly note?: string;
}
