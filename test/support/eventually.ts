import { vi } from 'vitest';

/**
 * Tries until it holds, and returns its result: for effects of another process or a timer. The limit is just
 * below that of a test, to say what did not hold; no machine should come near it.
 */
export function eventually<T>(holds: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(holds, { timeout: 240_000, interval: 20 });
}
