import { ageEdges, olderThan, type AgedState, type Makeup } from '../node/makeup.js';

/**
 * Entries of a state that a timeout of `seconds` frees; undefined if ages are not known.
 *
 * The kernel tells the seconds that are left, rounded down, so that each age is rounded up: of the entries
 * that seem to have reached `seconds`, one second's worth has not. Those between two edges are taken to be
 * spread evenly; beyond the last edge a second does not matter.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_netlink.c
 */
export function freedBy(
  makeup: Pick<Makeup, 'ages'>,
  state: AgedState,
  seconds: (typeof ageEdges)[number],
): number | undefined {
  const older = olderThan(makeup, state, seconds);
  const at = ageEdges.indexOf(seconds);
  const next = ageEdges[at + 1];
  if (older === undefined || next === undefined) return older;
  const upToNext = makeup.ages?.[state]?.[at + 1] ?? 0;
  return older - upToNext / (next - seconds);
}
