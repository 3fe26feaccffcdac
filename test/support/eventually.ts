import { vi } from 'vitest';

/**
 * Tries until it holds, and gives what it gives: for what another process or a timer brings about. The limit
 * is just below that of a test, and there to say what did not hold; no machine should come near it.
 */
export function eventually<T>(holds: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(holds, { timeout: 55_000, interval: 20 });
}
