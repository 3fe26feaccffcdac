/** Seconds for the agent to pick a command up, and then for the probe to end. House choices. */
export const DELIVERY_SECONDS = 60;
export const EXECUTION_SECONDS = 60;

/** One SendCommand takes this many instance ids, and one page holds as many answers. */
export const BATCH_SIZE = 50;

/** Cuts a list into runs of at most `size`. */
export function batches<T>(items: readonly T[], size = BATCH_SIZE): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
