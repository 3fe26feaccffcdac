import type { Policy } from '../judge/policy.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { mapped, present } from '../text/present.js';
import { rememberedOf } from '../text/remembered.js';
import type { Change } from './candidate.js';
import { tableAfter, type TableAfter } from './model.js';

/** Seconds that the next audit looks back. It matters that it does, and not how far. */
const SINCE = 3_600;

/**
 * The facts of a node as an audit after a change finds them where nothing happened since: drops, evictions and
 * lines of the log are of the time before, and do not grow.
 */
export const calm = rememberedOf((facts: NodeFacts): NodeFacts => {
  const { churn: _churn, counters = {}, ...others } = facts;
  const still = mapped(counters, Object.keys(counters), () => 0);
  return {
    ...others,
    counters,
    ...(facts.tableFull && { tableFull: { lines: 0 } }),
    growth: { seconds: SINCE, counters: still, exceeded: {} },
  };
});

/** Whether these leave the limit and the entries as they are. */
export function isSameTable({ facts }: Snapshot, changes: readonly Change[]): boolean {
  const max = facts.table?.max;
  return changes.every(({ limit, left }) => left === undefined && (limit ?? max) === max);
}

/** The same facts with what these changes set beside the table. */
export function settingsAfter(facts: NodeFacts, changes: readonly Change[]): NodeFacts {
  return changes.reduce((now, { facts: set }) => set?.(now) ?? now, facts);
}

/** The facts of a node once these changes are made, with as many entries as may be left at most. */
export function factsAfter(
  snapshot: Snapshot,
  changes: readonly Change[],
  policy: Policy,
): NodeFacts {
  return factsWith(snapshot, changes, tableAfter(snapshot, changes, policy));
}

/** The same where it is known what becomes of the table. */
export function factsWith(
  snapshot: Snapshot,
  changes: readonly Change[],
  after: TableAfter | undefined,
): NodeFacts {
  const facts = settingsAfter(calm(snapshot.facts), changes);
  if (after === undefined) return facts;
  const { limit, most } = after;
  const entries = Math.min(limit, Math.ceil(most * limit - 1e-6));
  const table = { ...facts.table, entries, max: limit };
  const { hash, trend } = facts;
  const part = entries / Math.max(1, snapshot.facts.table?.entries ?? 1);
  return {
    ...facts,
    table,
    reading: { ...facts.reading, entries, max: limit },
    ...present({
      hash: hash && { ...hash, entriesPerBucket: entries / hash.buckets },
      trend: trend?.map((one) => ({ ...one, entries: Math.round(one.entries * part) })),
    }),
  };
}
