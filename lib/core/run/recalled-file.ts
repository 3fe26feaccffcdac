import * as v from 'valibot';
import { severities } from '../judge/severity.js';
import type { Recalled, RecalledNode } from '../ledger/recall.js';
import { LONGEST, MAX_UINT32 } from '../node/parse/fields.js';
import type { Growth, UsageAt } from '../node/snapshot.js';

/** What the ledger can hold: whole numbers that a program can count. */
const count = v.pipe(v.number(), v.safeInteger());
const entries = v.pipe(count, v.minValue(0), v.maxValue(MAX_UINT32));
/** Between two readings of a ledger; not every clock is right. */
const seconds = v.pipe(v.number(), v.minValue(-LONGEST), v.maxValue(LONGEST));
const counts = v.record(v.string(), count);

const growth: v.GenericSchema<unknown, Growth> = v.object({
  seconds,
  counters: counts,
  exceeded: counts,
});

const usageAt: v.GenericSchema<unknown, UsageAt> = v.object({
  secondsAgo: seconds,
  entries,
  max: v.pipe(entries, v.minValue(1)),
});

const recalledNode: v.GenericSchema<unknown, RecalledNode> = v.object({
  growth: v.exactOptional(growth),
  trend: v.exactOptional(v.array(usageAt)),
  was: v.exactOptional(v.record(v.string(), v.picklist(severities))),
});

/** `recalled.json`: what the ledger knew about the nodes at their judgement, by instance id. */
export const recalledSchema: v.GenericSchema<unknown, Recalled> = v.record(
  v.string(),
  recalledNode,
);
