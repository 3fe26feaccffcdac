import type { Change } from './candidate.js';

/** Why something is not known, or speaks against it. Of one subject nodes of a group say the same in other numbers. */
export interface Note {
  readonly about: string;
  readonly text: string;
}

/** What is known of a table afterwards: all that can be, its limit alone, or nothing. */
const known = ['table', 'limit', 'nothing'] as const;
export type Known = (typeof known)[number];

/** What a question, or a part of it, makes of one node. */
export interface Supposed {
  readonly changes: readonly Change[];
  /** What may come of it, and is not known to: the rules are not asked about it. */
  readonly perhaps: readonly Change[];
  readonly notes: readonly Note[];
  readonly known: Known;
}

export const nothing: Supposed = { changes: [], perhaps: [], notes: [], known: 'table' };

export function changed(change: Change | undefined, notes: readonly Note[] = []): Supposed {
  return { ...nothing, changes: change === undefined ? [] : [change], notes };
}

/** What is predicted of something that is not known to help. */
export function perhaps(about: string, why: string, change: Change | undefined): Supposed {
  return { ...unknown(about, why, 'table'), perhaps: change === undefined ? [] : [change] };
}

export function unknown(about: string, why: string, what: Known = 'nothing'): Supposed {
  return { ...nothing, notes: [{ about, text: `not known of ${about}: ${why}` }], known: what };
}

/** The parts of a question as one; of what they know the least. */
export function joined(parts: readonly Supposed[]): Supposed {
  const worst = Math.max(0, ...parts.map((one) => known.indexOf(one.known)));
  return {
    changes: parts.flatMap(({ changes }) => changes),
    perhaps: parts.flatMap((one) => one.perhaps),
    notes: parts.flatMap(({ notes }) => notes),
    known: known[worst] ?? 'table',
  };
}
