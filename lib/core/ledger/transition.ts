import type { Finding } from '../judge/finding.js';
import type { Severity } from '../judge/severity.js';

/** How a finding can change from one audit to the next. */
export const transitionKinds = [
  'new',
  'worse',
  'reopened',
  'unsilenced',
  'reminded',
  'better',
  'resolved',
  'left',
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** Whether nothing is left to do: the finding is over, or is no longer looked at. */
export function isOver(kind: TransitionKind): boolean {
  return kind === 'resolved' || kind === 'left';
}

/** A table at one time. */
export interface TableState {
  readonly instanceId: string;
  readonly entries: number;
  readonly max: number;
}

/** One change to tell people about. */
export interface Transition {
  readonly kind: TransitionKind;
  /** The finding as it is now; if it is resolved or left, as it was last seen. */
  readonly finding: Finding;
  /** ISO 8601, UTC: when it was first seen. */
  readonly since: string;
  /** Its severity in the audit before; absent for `new`. */
  readonly was?: Severity;
  /** The worst node's table when the finding was last seen, and now: a fix, verified. */
  readonly before?: TableState;
  readonly after?: TableState;
  /** True: its limit went back, so a fix is lost, even if the finding is over. */
  readonly fixLost?: true;
  /** Another explanation: who put a limit back, that a node is gone. */
  readonly note?: string;
}
