import type { Policy } from '../judge/policy.js';
import type { FactName, NodeFacts, Snapshot } from '../node/snapshot.js';
import { mapped } from '../text/present.js';
import type { Change, SetFact, Sets } from './candidate.js';
import { tableAfter, type TableAfter } from './model.js';

/** Seconds that the next audit looks back. It matters that it does, and not how far. */
const SINCE = 3_600;

/** Whether these leave the limit and the entries as they are. */
export function isSameTable({ facts }: Snapshot, changes: readonly Change[]): boolean {
  const max = facts.table?.max;
  return changes.every(({ limit, left }) => left === undefined && (limit ?? max) === max);
}

const NOTHING: readonly Sets[] = [];

/** A fact once these changes have set it. */
function factAfter<N extends FactName>(
  name: N,
  facts: NodeFacts,
  changes: readonly Change[],
): NodeFacts[N] | undefined {
  let now: NodeFacts[N] | undefined = facts[name];
  for (const { sets = NOTHING } of changes) {
    for (const one of sets) {
      const set: SetFact<N> | undefined = one[name];
      if (set !== undefined) now = set(now, facts);
    }
  }
  return now;
}

/** The same facts with what these changes set beside the table. */
export function settingsAfter(facts: NodeFacts, changes: readonly Change[]): NodeFacts {
  return mapped(facts, namesAfter(facts, changes), (_was, name) =>
    factAfter(name as FactName, facts, changes),
  );
}

/** What is known of a node once changes are made. */
interface Now {
  /** Before them. */
  readonly facts: NodeFacts;
  readonly changes: readonly Change[];
  readonly after: TableAfter | undefined;
}

/**
 * What becomes of facts that stay neither as they are nor as they are set. Drops, evictions and lines of the log
 * are of the time before, and do not grow; of entries there are as many as may be left at most.
 */
const becomes: { readonly [N in FactName]?: (now: Now) => NodeFacts[N] } = {
  churn: () => undefined,
  counters: ({ facts: { counters = {} } }) => counters,
  tableFull: ({ facts: { tableFull } }) => tableFull && { lines: 0 },
  growth: ({ facts: { counters = {} } }) => {
    const still = mapped(counters, Object.keys(counters), () => 0);
    return { seconds: SINCE, counters: still, exceeded: {} };
  },
  table: ({ facts: { table }, after }) =>
    after === undefined ? table : { ...table, entries: entriesOf(after), max: after.limit },
  reading: ({ facts: { reading }, after }) =>
    after === undefined ? reading : { ...reading, entries: entriesOf(after), max: after.limit },
  hash: ({ facts, changes, after }) => {
    const hash = factAfter('hash', facts, changes);
    return after === undefined || hash === undefined
      ? hash
      : { ...hash, entriesPerBucket: entriesOf(after) / hash.buckets };
  },
  trend: ({ facts: { table, trend }, after }) => {
    if (after === undefined) return trend;
    const part = entriesOf(after) / Math.max(1, table?.entries ?? 1);
    return trend?.map((one) => ({ ...one, entries: Math.round(one.entries * part) }));
  },
};

function entriesOf({ limit, most }: TableAfter): number {
  return Math.min(limit, Math.ceil(most * limit - 1e-6));
}

/** Every fact that there may be afterwards. */
function namesAfter(facts: NodeFacts, changes: readonly Change[]): FactName[] {
  const set = changes.flatMap(({ sets = NOTHING }) => sets.flatMap(Object.keys));
  return [...new Set([...Object.keys(facts), ...set])] as FactName[];
}

/** What there is afterwards though there may have been nothing before. */
const begins: readonly FactName[] = ['counters', 'growth'];

/** The facts of a node as an audit after these changes finds them where nothing happened since. */
export function factsAfter(
  snapshot: Snapshot,
  changes: readonly Change[],
  policy: Policy,
): NodeFacts {
  return factsWith(snapshot, changes, tableAfter(snapshot, changes, policy));
}

/** The same where it is known what becomes of the table; of these names alone, where whoever asks reads no others. */
export function factsWith(
  { facts }: Pick<Snapshot, 'facts'>,
  changes: readonly Change[],
  after: TableAfter | undefined,
  names: readonly FactName[] = [...namesAfter(facts, changes), ...begins],
): NodeFacts {
  const now = { facts, changes, after };
  return mapped(facts, names, (_was, name) => {
    const become = becomes[name as FactName];
    return become === undefined ? factAfter(name as FactName, facts, changes) : become(now);
  });
}

/** The same where nothing changed but the time. */
export function calm(facts: NodeFacts): NodeFacts {
  return factsWith({ facts }, [], undefined);
}
