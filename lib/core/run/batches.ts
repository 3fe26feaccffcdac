/** Seconds within which the agent has to pick a command up, and in which the probe then has to end. House choices. */
export const DELIVERY_SECONDS = 60;
export const EXECUTION_SECONDS = 60;

/** As many instance ids as one SendCommand takes, and as one page of answers holds. */
export const BATCH_SIZE = 50;

/** Cuts a list into runs of at most `size`. */
export function batches<T>(items: readonly T[], size = BATCH_SIZE): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
