import type { Fault, FaultKind } from '../fake/fault.js';
import type { PlacedNode } from '../fake/world.js';

/** Kinds of a whole operation's failure. */
export const kinds = ['refused', 'throttled', 'broken', 'hang', 'reset', 'malformed'] as const;
export type Kind = (typeof kinds)[number];

/** How people read a kind. */
export const kindTexts: Readonly<Record<Kind, string>> = {
  refused: 'refused',
  throttled: 'throttled for ever',
  broken: 'an error of the service',
  hang: 'never answered',
  reset: 'the connection is reset',
  malformed: 'an answer that is none',
};

/** The reason that a gap gives for a kind. */
export const gapReasonOf = {
  refused: 'not-permitted',
  throttled: 'throttled',
  broken: 'failed',
  hang: 'timed-out',
  reset: 'failed',
  malformed: 'failed',
} as const satisfies Record<Kind, string>;

/** One fault of one operation for ever, and what becomes of the audit. */
export interface Row {
  /** `eks:DescribeCluster`. */
  readonly operation: string;
  /** As the table says it: `one cluster`, `every cluster`. */
  readonly scope: string;
  readonly about?: string;
  readonly world?: 'shop' | 'wide';
  /** @default - all of them */
  readonly kinds?: readonly Kind[];
  /** `ends`: the audit fails. `gap`: the report says what was not told. `silent`: nodes are silent, each with a reason. */
  readonly outcome: 'ends' | 'gap' | 'silent';
  /** Nodes that may be unread. @default - none */
  readonly unread?: (node: PlacedNode) => boolean;
  /** What people get, for the table. */
  readonly gets: string;
}

/** The fault of a row. */
export function faultOf({ operation: on, about }: Row, kind: FaultKind): Fault {
  return { on, kind, ...(about !== undefined && { about }) };
}
