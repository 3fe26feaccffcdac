import { isLogOfAnotherNamespace } from '../../measure/foreign-log.js';
import { refusedForRoom } from '../../measure/drop-causes.js';
import type { Bound, Effect } from '../../judge/finding.js';
import type { Policy } from '../../judge/policy.js';
import type { Share } from '../../measure/share.js';
import type { Churn, NodeFacts, TableFullLines } from '../../node/snapshot.js';

/**
 * The most entries that this node is known to have wanted. A table that was full wanted more than
 * its limit; how much more nobody counted, so the limit itself is the floor.
 */
export function peakEntries(facts: NodeFacts, policy: Policy): number | undefined {
  const { table } = facts;
  if (table === undefined) return undefined;
  return wasFull(facts, policy) ? Math.max(table.entries, table.max) : table.entries;
}

/**
 * Whether the table was full: its line is in the kernel log, or it evicted entries or refused flows
 * while the probe ran or since the last audit.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export function wasFull(facts: NodeFacts, policy: Policy): boolean {
  const { churn, growth } = facts;
  const tableFull = isLogOfAnotherNamespace(facts) ? undefined : facts.tableFull;
  return fullOfLate(tableFull, policy) || fullMeanwhile(churn) || fullMeanwhile(growth);
}

function fullOfLate(
  { lines, secondsAgo = 0 }: TableFullLines = { lines: 0 },
  { recentSeconds }: Policy,
): boolean {
  return lines > 0 && secondsAgo <= recentSeconds;
}

function fullMeanwhile({ counters }: Pick<Churn, 'counters'> = { counters: {} }): boolean {
  const { early_drop = 0 } = counters;
  return early_drop > 0 || refusedForRoom(counters) > 0;
}

/** The limit as it is, and the share of it that the peak uses; nothing where there is no table. */
export function asItIs(facts: NodeFacts, policy: Policy): Effect {
  return usageOf(facts.table?.max, facts, policy);
}

/** This limit, and the share of it that the peak uses: of a table that was full, at least that. */
export function usageOf(limit: number | undefined, facts: NodeFacts, policy: Policy): Effect {
  const peak = peakEntries(facts, policy);
  if (limit === undefined || peak === undefined) return {};
  return within(limit, peak / limit, 0, wasFull(facts, policy) ? 'at least' : undefined);
}

/**
 * What the peak would use once this share of the entries is `factor` times as many. What the share is
 * of the entries of today, it is taken to be of the peak. `bound` is what the share and the factor leave
 * open; a table that was full leaves open how much more it wanted.
 */
export function usageOnce(
  { share, margin }: Share,
  factor: number,
  facts: NodeFacts,
  policy: Policy,
  bound?: Bound,
): Effect {
  const { table } = facts;
  const peak = peakEntries(facts, policy);
  if (table === undefined || peak === undefined) return {};
  const full = wasFull(facts, policy);
  // Which of the two is larger nobody knows, so that there is no bound on either side.
  if (full && bound === 'at most') return { limit: table.max };
  const part = Math.min(1, Math.max(0, share));
  const usage = (peak / table.max) * (1 - part + part * factor);
  const spread = (peak / table.max) * margin * Math.abs(factor - 1);
  return within(table.max, usage, spread, full ? 'at least' : bound);
}

/** A table holds no more than its limit: what wants more is refused. */
function within(limit: number, usage: number, margin: number, bound: Bound | undefined): Effect {
  const value = { limit, usage: Math.min(1, usage) };
  const known = margin > 0 && usage < 1 ? { ...value, usageMargin: margin } : value;
  return bound === undefined ? known : { ...known, bound };
}

/** The smallest power of two at which `peak` entries use at most the target share. */
export function wantedLimit(peak: number, { targetUsage }: Policy): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, peak / targetUsage)));
}

/**
 * Bytes of an entry itself: `struct nf_conn` and its place in the slab, from Linux 5.19 on and before.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/include/net/netfilter/nf_conntrack.h
 */
export const ENTRY_BYTES = { slim: 256, before519: 320 } as const;

/** Bytes of the extension block that an entry gets where a listener or an accounting option asks for one. */
export const EXTENSION_BYTES = 128;

/**
 * Bytes that one entry costs at most, its extensions with it: from what the slab of the node tells
 * (`NodeFacts.entryBytes`), or else from the structures of these kernels.
 */
export function bytesPerEntry(kernel: string | undefined, entryBytes?: number): number {
  return (entryBytes ?? structureBytes(kernel)) + EXTENSION_BYTES;
}

function structureBytes(kernel: string | undefined): number {
  const [major = 0, minor = 0] = (kernel ?? '').split('.').map(Number);
  const slim = major > 5 || (major === 5 && minor >= 19);
  return slim ? ENTRY_BYTES.slim : ENTRY_BYTES.before519;
}
