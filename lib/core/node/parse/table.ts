import { present } from '../../text/present.js';
import type { NodeFacts, Reading, Table } from '../snapshot.js';
import { MAX_UINT32, whole } from './fields.js';

/** The table's three numbers as they were read, whether or not they can be true. */
export function parseReading(answer: Readonly<Record<string, unknown>>): Reading | undefined {
  const reading = present({
    entries: whole(answer['entries'], MAX_UINT32),
    max: whole(answer['max'], MAX_UINT32),
    buckets: whole(answer['buckets'], MAX_UINT32),
  });
  return Object.keys(reading).length === 0 ? undefined : reading;
}

/**
 * The table that can be judged: both numbers are there and there is a limit. A max of 0 is no limit
 * on some kernels and refuses every flow on others, so it is a reading but no table.
 */
export function parseTable(reading: Reading | undefined): Table | undefined {
  const { entries, max, buckets } = reading ?? {};
  if (entries === undefined || max === undefined || max === 0) return undefined;
  return present({ entries, max, buckets: buckets === 0 ? undefined : buckets });
}

/** How crowded the hash of this table is. */
export function parseHash(table: Table | undefined): NodeFacts['hash'] {
  if (table?.buckets === undefined) return undefined;
  return { buckets: table.buckets, entriesPerBucket: table.entries / table.buckets };
}
