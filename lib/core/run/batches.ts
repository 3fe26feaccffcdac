/** As many instance ids as one SendCommand takes, and as one page of answers holds. */
export const BATCH_SIZE = 50;

/** Cuts a list into runs of at most `size`. */
export function batches<T>(items: readonly T[], size = BATCH_SIZE): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
