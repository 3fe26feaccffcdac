import { bytes, count, percent } from '../text/format.js';
import { afterShrinkingUpgrade, expectedNodeLimit } from '../limit/node-limit.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import type { About } from '../judge/rule.js';
import {
  asItIs,
  bytesPerEntry,
  EXTENSION_BYTES,
  peakEntries,
  usageOf,
  wantedLimit,
} from './shared/sizing.js';
import { pricesBesideMemory } from './shared/limit-prices.js';
import { certainlyPending, pendingLimit } from './shared/pending-limit.js';
import { raiseLimitSteps } from './shared/raise-limit-steps.js';
import { NO_SETTING } from './shared/auto-mode.js';

/**
 * Raises nf_conntrack_max to the next power of two at which today's peak uses the target share.
 *
 * Raising it reserves nothing: memory is spent when entries come, so the price is that of a full
 * table. The price is held against the node's memory before the limit is recommended.
 */
export const raiseLimit: Remedy = {
  id: 'raise-limit',
  title: 'Raise the limit of the conntrack table',
  reach: 'cluster',
  notOnAutoMode: NO_SETTING,
  answers: ['room', 'filler', 'limit', 'hash', 'race', 'ec2'],
  leavesAlone: {
    'stale-flows': 'more room does not end a flow that is kept too long',
    'policy-table': 'it is the table of the agent that is too small',
    'node-local-dns-idle': 'a cache that is there has to be finished, whatever else is done',
    'link-local-exceeded': 'nobody takes a limit of packets for one of entries',
    'vpc-idle-timeout': 'nobody takes a timeout for a limit',
  },
  makesRoom: true,
  files: ['limit'],

  assess(weighed) {
    const no = whyNot(weighed);
    if (no !== undefined) return no;
    const { table } = weighed.facts;
    const peak = peakEntries(weighed.facts, weighed.policy);
    if (table === undefined || peak === undefined) return undefined;

    const limit = goal(weighed, peak, table.max);
    if (limit === certainlyPending(weighed.facts)) return configured(weighed, limit);
    return limit > table.max || keepsLimit(weighed)
      ? price(weighed, limit)
      : enough(weighed, table.max, limit);
  },
};

const UNEXPECTED = 'limit-unexpected';
const SHRINKS = 'limit-shrinks-on-upgrade';

/** Whether the finding asks for a limit to be kept, rather than raised: of a limit that will be lowered. */
function keepsLimit({ rule, about }: Case): boolean {
  return about === 'limit' && rule !== UNEXPECTED;
}

/**
 * What the load wants; for a limit that was or will be lowered, at least what it is lowered from. Never less
 * than what kube-proxy is configured to set: that would take away what somebody asked for.
 */
function goal(weighed: Case, peak: number, max: number): number {
  return Math.max(wanted(weighed, peak, max), pendingLimit(weighed.facts)?.limit ?? 0);
}

function wanted(weighed: Case, peak: number, max: number): number {
  const { rule, about, facts, policy } = weighed;
  const byLoad = wantedLimit(peak, policy);
  if (keepsLimit(weighed)) return Math.max(byLoad, max);
  if (rule === UNEXPECTED) return Math.max(byLoad, expectedNodeLimit(facts) ?? 0);
  // What fills a table may be found at a usage that the limit carries.
  return about === 'filler' ? byLoad : Math.max(byLoad, 2 * max);
}

/** Whoever sees lost flows raises the limit first. Why that does nothing for findings about these. */
const useless: Readonly<Partial<Record<About, string>>> = {
  hash: 'a sysctl raises the limit and leaves the hash as it is, so chains may grow longer; kube-proxy makes it a quarter of a limit that it sets itself',
  race: 'these flows are lost because two of them want the same entry, not for want of room',
  ec2: 'it is EC2 that runs out of tracked connections, in a table of its own that no sysctl of the node changes',
};

function whyNot({ about, facts, policy }: Case): Weighed | undefined {
  const reason = useless[about];
  if (reason === undefined) return undefined;
  return { helps: false, reason, predicted: asItIs(facts, policy), steps: [] };
}

function enough({ facts, policy }: Case, max: number, wanted: number): Weighed {
  return {
    helps: false,
    reason: `the load asks for ${count(wanted)} and the limit is ${count(max)} already`,
    predicted: asItIs(facts, policy),
    steps: [],
  };
}

/** What is asked for is configured already: another edit would change nothing, and a lower one would take away. */
function configured({ facts, policy }: Case, limit: number): Weighed {
  return {
    helps: false,
    reason: `kube-proxy is configured to set ${count(limit)} already, and has not started since`,
    predicted: usageOf(limit, facts, policy),
    steps: [],
  };
}

function price(weighed: Case, limit: number): Weighed {
  const { facts, policy, nodeGroupKind: kind } = weighed;
  const each = bytesPerEntry(facts.kernel, facts.entryBytes);
  const predicted = usageOf(limit, facts, policy);
  const full = `a full table of ${count(limit)} entries costs up to ${bytes(limit * each)} (${source(facts)})`;
  const budget = (facts.memory?.totalBytes ?? Infinity) * policy.tableMemoryShare;
  if (limit * each > budget) {
    const most = 2 ** Math.floor(Math.log2(budget / each));
    const { usage = 0 } = usageOf(most, facts, policy);
    return {
      helps: false,
      reason: `${full}, more than ${percent(policy.tableMemoryShare)} of this node's ${bytes(facts.memory?.totalBytes ?? 0)}; ${count(most)} would fit, and be used to ${percent(usage)}`,
      predicted,
      steps: [],
    };
  }
  return {
    helps: true,
    reason: `${full}, and nothing until it is used${crowding(weighed, limit)}${pricesBesideMemory(limit, facts)}`,
    predicted,
    steps: raiseLimitSteps(
      limit,
      weighed.rule === SHRINKS ? afterShrinkingUpgrade(facts) : facts,
      kind,
    ),
  };
}

/** What the bytes of an entry are from; only a slab that was read makes them a measurement. */
function source({ entryBytes }: Case['facts']): string {
  if (entryBytes === undefined) return 'estimate';
  return `measured: ${count(entryBytes)} bytes an entry, and up to ${count(EXTENSION_BYTES)} for its extensions`;
}

/** kube-proxy grows the hash to a quarter of the limit; whoever raises the limit by hand does not. */
function crowding({ facts: { hash } }: Case, limit: number): string {
  if (hash === undefined || limit / hash.buckets <= 8) return '';
  return `; with ${count(hash.buckets)} buckets, grow the hash too`;
}
