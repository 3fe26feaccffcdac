import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { peakEntries, wasFull } from '../remedies/shared/sizing.js';
import type { Candidate, Change } from './candidate.js';

/** A table once changes are made: how much of it is used, as far as can be known. */
export interface TableAfter {
  readonly limit: number;
  /** Shares of the limit that the peak uses, from and to; above 1: it wants more than there is. */
  readonly least: number;
  readonly most: number;
  readonly margin: number;
  /** True: the table was full, and wanted more than was counted. How much more nobody knows. */
  readonly wasFull: boolean;
}

/**
 * The table of a node once these changes are made. Shares that remedies free are of different entries, so that
 * what is left multiplies; a limit divides. Of several limits the largest holds: no action takes away what
 * another gives.
 */
export function tableAfter(
  { facts }: Snapshot,
  changes: readonly Change[],
  policy: Policy,
): TableAfter | undefined {
  const max = facts.table?.max;
  const peak = peakEntries(facts, policy);
  if (max === undefined || peak === undefined) return undefined;
  const limits = changes.flatMap(({ limit }) => limit ?? []);
  const limit = limits.length === 0 ? max : Math.max(...limits);
  const lefts = changes.flatMap(({ left }) => left ?? []);
  const least = lefts.reduce((product, one) => product * one.least, peak / limit);
  const most = lefts.reduce((product, one) => product * one.most, peak / limit);
  const margin = most * Math.hypot(...lefts.map((one) => one.margin ?? 0));
  return { limit, least, most, margin, wasFull: wasFull(facts, policy) };
}

/** The same as an effect: a value, or a bound where that is all that is known. */
export function effectOf(table: TableAfter | undefined): Effect {
  if (table === undefined) return {};
  const { limit, least, most, margin, wasFull: full } = table;
  const atLeast = { limit, usage: Math.min(1, least), bound: 'at least' as const };
  if (full) return least === 0 ? { limit } : atLeast;
  if (least === 0 && most > 0) return { limit, usage: Math.min(1, most), bound: 'at most' };
  if (least < most) return atLeast;
  return {
    limit,
    usage: Math.min(1, most),
    ...(margin > 0 && most < 1 && { usageMargin: margin }),
  };
}

/** What these candidates make of one node. */
export function changesOf(snapshot: Snapshot, candidates: readonly Candidate[]): Change[] {
  return candidates.flatMap((one) => one.change(snapshot) ?? []);
}
