/** Counters of `/proc/net/stat/nf_conntrack` by name, or what they grew by. */
type Counters = Readonly<Record<string, number>>;

/**
 * Packets that were dropped because there was no room for their flow: those of `drop` that no failed
 * insert stands beside.
 *
 * A full table counts `drop` alone, two packets that race for one entry `drop` and `insert_failed`,
 * and a hash chain that is too long `insert_failed` and `chainlength`. A kernel that has no memory for
 * one more entry counts as a full table does.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export function refusedForRoom(counters: Counters): number {
  const { drop = 0 } = counters;
  return Math.max(0, drop - failedInserts(counters));
}

/**
 * Packets that lost a race for an entry: `drop` and `insert_failed` as far as they account for each
 * other. 0 where the smaller is less than half of the larger, a house choice: then most of it has
 * another cause.
 */
export function lostRaces(counters: Counters): number {
  const { drop = 0 } = counters;
  const both = [drop, failedInserts(counters)];
  const [least, most] = [Math.min(...both), Math.max(...both)];
  return least * 2 >= most ? least : 0;
}

/** Inserts that failed, without those that only met a chain that was too long. */
function failedInserts({ insert_failed = 0, chainlength = 0 }: Counters): number {
  return Math.max(0, insert_failed - chainlength);
}
