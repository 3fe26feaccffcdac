import type { Policy } from './policy.js';
import type { NodeFacts } from './snapshot.js';

/**
 * The most entries that this node is known to have wanted. A table that was full wanted more than
 * its limit; how much more nobody counted, so the limit itself is the floor.
 */
export function peakEntries({ table, tableFull }: NodeFacts, policy: Policy): number | undefined {
  if (table === undefined) return undefined;
  const { lines = 0, secondsAgo = 0 } = tableFull ?? {};
  const wasFull = lines > 0 && secondsAgo <= policy.recentSeconds;
  return wasFull ? Math.max(table.entries, table.max) : table.entries;
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
const EXTENSION_BYTES = 128;

/** Bytes that one entry costs at most, from the structures of these kernels. */
export function bytesPerEntry(kernel: string | undefined): number {
  const [major = 0, minor = 0] = (kernel ?? '').split('.').map(Number);
  const slim = major > 5 || (major === 5 && minor >= 19);
  return (slim ? ENTRY_BYTES.slim : ENTRY_BYTES.before519) + EXTENSION_BYTES;
}
