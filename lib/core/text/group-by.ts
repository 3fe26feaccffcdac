import { rememberedParts } from './remembered.js';

/** `Map.groupBy`, which Node 20 does not have yet. Groups keep the order of their first item. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The groups of items that have all of these in common. */
export function groupByParts<T>(
  items: readonly T[],
  partsOf: (item: T) => readonly unknown[],
): T[][] {
  const groups: T[][] = [];
  const groupOf = rememberedParts(() => {
    const group: T[] = [];
    groups.push(group);
    return group;
  }, Infinity);
  for (const item of items) groupOf(partsOf(item)).push(item);
  return groups;
}
