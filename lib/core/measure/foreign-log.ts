import type { NodeFacts } from '../node/snapshot.js';

/**
 * Whether the lines of a full table are those of another network namespace, as a pod with a table of its
 * own has: no line names the host's, and the host's own counters say that it refused and evicted nothing
 * since boot. Kernels before 6.18 do not say whose table was full.
 */
export function isLogOfAnotherNamespace({
  tableFull,
  counters,
}: Pick<NodeFacts, 'tableFull' | 'counters'>): boolean {
  if (tableFull === undefined || tableFull.lines === 0 || counters === undefined) return false;
  const { drop, early_drop } = counters;
  return (tableFull.named ?? 0) === 0 && drop === 0 && early_drop === 0;
}
