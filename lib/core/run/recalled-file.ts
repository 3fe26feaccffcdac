import * as v from 'valibot';
import { severities } from '../judge/severity.js';
import type { Recalled, RecalledNode } from '../ledger/recall.js';
import type { Growth, UsageAt } from '../node/snapshot.js';

const count = v.pipe(v.number(), v.finite());
const counts = v.record(v.string(), count);

const growth: v.GenericSchema<unknown, Growth> = v.object({
  seconds: count,
  counters: counts,
  exceeded: counts,
});

const usageAt: v.GenericSchema<unknown, UsageAt> = v.object({
  secondsAgo: count,
  entries: count,
  max: count,
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
