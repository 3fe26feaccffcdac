import { bytes, count, percent } from '../format.js';
import { afterShrinkingUpgrade, expectedNodeLimit } from '../node-limit.js';
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
  answers: [
    'table-pressure',
    'table-drops',
    'limit-unexpected',
    'limit-not-durable',
    'limit-shrinks-on-upgrade',
    'hash-crowding',
  ],

  assess(weighed) {
    const { table } = weighed.facts;
    const peak = peakEntries(weighed.facts, weighed.policy);
    if (table === undefined || peak === undefined) return undefined;

    if (weighed.rule === 'hash-crowding') return crowdsMore(table.max, peak);
    const limit = goal(weighed, peak, table.max);
    const keeps = keepers.includes(weighed.rule);
    return limit > table.max || keeps
      ? price(weighed, peak, limit)
      : enough(table.max, peak, limit);
  },
};

/** Rules that ask for a limit to be kept, rather than raised. */
const SHRINKS = 'limit-shrinks-on-upgrade';
const keepers = ['limit-not-durable', SHRINKS];

/** What the load wants; for a limit that was or will be lowered, at least what it is lowered from. */
function goal({ rule, facts, policy }: Case, peak: number, max: number): number {
  const byLoad = wantedLimit(peak, policy);
  if (keepers.includes(rule)) return Math.max(byLoad, max);
  if (rule === 'limit-unexpected') return Math.max(byLoad, expectedNodeLimit(facts) ?? 0);
  return Math.max(byLoad, 2 * max);
}

/** Whoever sees lost flows raises the limit first; here that makes room for longer chains only. */
function crowdsMore(max: number, peak: number): Weighed {
  return {
    helps: false,
    reason: 'the hash does not grow with the limit, so chains stay as long, and may grow longer',
    predicted: { limit: max, usage: peak / max },
    steps: [],
  };
}

function enough(max: number, peak: number, wanted: number): Weighed {
  return {
    helps: false,
    reason: `the load asks for ${count(wanted)} and the limit is ${count(max)} already`,
    predicted: { limit: max, usage: peak / max },
    steps: [],
  };
}

function price(weighed: Case, peak: number, limit: number): Weighed {
  const { facts, policy } = weighed;
  const each = bytesPerEntry(facts.kernel);
  const predicted = { limit, usage: peak / limit };
  const full = `a full table of ${count(limit)} entries costs up to ${bytes(limit * each)} (estimate)`;
  const budget = (facts.memory?.totalBytes ?? Infinity) * policy.tableMemoryShare;
  if (limit * each > budget) {
    const most = 2 ** Math.floor(Math.log2(budget / each));
    return {
      helps: false,
      reason: `${full}, more than ${percent(policy.tableMemoryShare)} of this node's ${bytes(facts.memory?.totalBytes ?? 0)}; ${count(most)} would fit, and be used to ${percent(peak / most)}`,
      predicted,
      steps: [],
    };
  }
  return {
    helps: true,
    reason: `${full}, and nothing until it is used${crowding(weighed, limit)}`,
    predicted,
    steps: raiseLimitSteps(limit, weighed.rule === SHRINKS ? afterShrinkingUpgrade(facts) : facts),
  };
}

/** kube-proxy grows the hash to a quarter of the limit; whoever raises the limit by hand does not. */
function crowding({ facts: { hash } }: Case, limit: number): string {
  if (hash === undefined || limit / hash.buckets <= 8) return '';
  return `; with ${count(hash.buckets)} buckets, grow the hash too`;
}
