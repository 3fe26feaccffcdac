import { bytes, count, percent } from '../format.js';
import { expectedNodeLimit } from '../node-limit.js';
import type { Case, Remedy, Weighed } from '../remedy.js';
import { bytesPerEntry, peakEntries, wantedLimit } from '../sizing.js';
import { raiseLimitSteps } from '../steps.js';

/**
 * Raises nf_conntrack_max to the next power of two at which today's peak uses the target share.
 *
 * Raising it reserves nothing: memory is spent when entries come, so the price is that of a full
 * table. The price is held against the node's memory before the limit is recommended.
 */
export const raiseLimit: Remedy = {
  id: 'raise-limit',
  title: 'Raise the limit of the conntrack table',
  answers: ['table-pressure', 'table-drops', 'limit-unexpected'],

  assess(weighed) {
    const { table } = weighed.facts;
    const peak = peakEntries(weighed.facts, weighed.policy);
    if (table === undefined || peak === undefined) return undefined;

    const limit = goal(weighed, peak, table.max);
    if (limit <= table.max) return restore(table.max, peak, limit);
    return price(weighed, peak, limit);
  },
};

/** What the load wants; for a limit that was lowered, at least what it was lowered from. */
function goal({ rule, facts, policy }: Case, peak: number, max: number): number {
  const byLoad = wantedLimit(peak, policy);
  if (rule !== 'limit-unexpected') return Math.max(byLoad, 2 * max);
  return Math.max(byLoad, expectedNodeLimit(facts) ?? 0);
}

function restore(max: number, peak: number, wanted: number): Weighed {
  return {
    helps: false,
    reason: `the load asks for ${count(wanted)} and the limit is ${count(max)} already`,
    predicted: { limit: max, usage: peak / max },
    steps: [],
  };
}

function price({ facts, policy }: Case, peak: number, limit: number): Weighed {
  const cost = limit * bytesPerEntry(facts.kernel);
  const predicted = { limit, usage: peak / limit };
  const full = `a full table of ${count(limit)} entries costs up to ${bytes(cost)} (estimate)`;
  const total = facts.memory?.totalBytes;
  if (total !== undefined && cost > total * policy.tableMemoryShare) {
    return {
      helps: false,
      reason: `${full}, more than ${percent(policy.tableMemoryShare)} of this node's ${bytes(total)}`,
      predicted,
      steps: [],
    };
  }
  return {
    helps: true,
    reason: `${full}, and nothing until it is used`,
    predicted,
    steps: raiseLimitSteps(limit, facts),
  };
}
