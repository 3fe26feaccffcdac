import type { Bound, Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { wasFull } from '../remedies/shared/sizing.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import type { Candidate, Change, Left, Part } from './candidate.js';

/** A table once changes are made: how much of it is used, as far as can be known. */
export interface TableAfter {
  readonly limit: number;
  /** Shares of the limit that the peak uses, from and to; above 1: it wants more than there is. */
  readonly most: number;
  /** Absent: nobody knows how little. */
  readonly least?: number;
  readonly margin: number;
  /** True: the table was full, and wanted more than was counted. How much more nobody knows. */
  readonly wasFull: boolean;
}

/**
 * The table of a node once these changes are made. What remedies free of different entries adds up, and a limit
 * divides. Of several limits the largest holds: no action takes away what another gives.
 */
export function tableAfter(
  { facts }: Snapshot,
  changes: readonly Change[],
  policy: Policy,
): TableAfter | undefined {
  const { table } = facts;
  if (table === undefined) return undefined;
  const full = wasFull(facts, policy);
  const limit = limitAfter(facts, changes) ?? table.max;
  const lefts = leftsOf(changes);
  const used = (full ? Math.max(table.entries, table.max) : table.entries) / limit;
  const least = leastOf(lefts);
  const after = {
    limit,
    most: used * partLeft(lefts.map(({ most, part }) => ({ left: most, part }))),
    margin: lefts.length === 0 ? 0 : used * marginOf(lefts, facts),
    wasFull: full,
  };
  return least === undefined ? after : { ...after, least: used * least };
}

/** The largest of the limits that these set, or else that of today. */
export function limitAfter(
  { table }: Snapshot['facts'],
  changes: readonly Change[],
): number | undefined {
  let most: number | undefined;
  for (const { limit } of changes) {
    if (limit !== undefined && (most === undefined || limit > most)) most = limit;
  }
  return most ?? table?.max;
}

const NOTHING: readonly Left[] = [];

function leftsOf(changes: readonly Change[]): readonly Left[] {
  let lefts = NOTHING;
  for (const { left } of changes) if (left !== undefined) lefts = [...lefts, left];
  return lefts;
}

function marginOf(lefts: readonly Left[], facts: Snapshot['facts']): number {
  return Math.hypot(...lefts.map(({ margin = 0 }) => margin), countedTwice(lefts, facts));
}

function leastOf(lefts: readonly Left[]): number | undefined {
  if (lefts.length === 0) return 1;
  const known = lefts.flatMap(({ least, part }) =>
    least === undefined ? [] : [{ left: least, part }],
  );
  return known.length === lefts.length ? partLeft(known) : undefined;
}

interface Kept {
  readonly left: number;
  readonly part: Part | undefined;
}

/**
 * What is left of all entries, 0..1. Lookups and connections that wait are different entries: what is freed of
 * them adds up. Two remedies for the same entries each take their share of what the other left.
 */
function partLeft(kept: readonly Kept[]): number {
  if (kept.length <= 1) return kept[0]?.left ?? 1;
  const ofAll = kept.filter(({ part }) => part === undefined);
  const parts = groupBy(
    kept.filter(({ part }) => part !== undefined),
    ({ part }) => part?.of,
  );
  const freed = [...parts.values()].reduce((sum, one) => sum + freedOfPart(one), 0);
  return productOf(ofAll.map(({ left }) => left)) * Math.max(0, 1 - freed);
}

function freedOfPart(kept: readonly Kept[]): number {
  const whole = Math.max(...kept.map(({ left, part }) => Math.max(1 - left, part?.share ?? 0)));
  if (whole === 0) return 0;
  return whole * (1 - productOf(kept.map(({ left }) => 1 - (1 - left) / whole)));
}

function productOf(shares: readonly number[]): number {
  return shares.reduce((product, one) => product * one, 1);
}

/** Lookups over TCP that only wait are both: what may have been counted as freed twice. */
function countedTwice(lefts: readonly Left[], { makeup }: Snapshot['facts']): number {
  if (makeup === undefined || makeup.listed === 0 || lefts.length < 2) return 0;
  const freed = (of: Part['of']) =>
    Math.max(0, ...lefts.map(({ most, part }) => (part?.of === of ? 1 - most : 0)));
  return Math.min(freed('lookups'), freed('waiting'), makeup.dns.tcp / makeup.listed);
}

/** The same as an effect: a value, or a bound where that is all that is known. */
export function effectOf(table: TableAfter | undefined): Effect {
  if (table === undefined) return {};
  const { limit, least, most, margin, wasFull: full } = table;
  if (full || (least !== undefined && least < most)) {
    return least === undefined ? { limit } : used(limit, least, margin, 'at least');
  }
  return used(limit, most, margin, least === undefined ? 'at most' : undefined);
}

function used(limit: number, usage: number, margin: number, bound: Bound | undefined): Effect {
  return {
    limit,
    usage: Math.min(1, usage),
    ...(margin > 0 && usage < 1 && { usageMargin: margin }),
    ...present({ bound }),
  };
}

/** What these candidates make of one node. */
export function changesOf(snapshot: Snapshot, candidates: readonly Candidate[]): Change[] {
  const changes: Change[] = [];
  for (const one of candidates) {
    const change = one.change(snapshot);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}
