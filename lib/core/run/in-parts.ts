import type { Untaken } from './ports.js';

/**
 * Tells a channel in several requests. One that fails leaves its changes, and all after it, to be tried again. Fails if
 * the first one does and `mayFail`: then nothing was told.
 */
export async function inParts<T extends { readonly id: string }>(
  requests: readonly (readonly T[])[],
  send: (part: readonly T[]) => Promise<readonly Untaken[]>,
  mayFail = true,
): Promise<Untaken[]> {
  const untaken: Untaken[] = [];
  for (const [at, part] of requests.entries()) {
    try {
      untaken.push(...(await send(part)));
    } catch (error) {
      if (mayFail && at === 0) throw error;
      const why = error instanceof Error ? error.message : String(error);
      const rest = requests.slice(at).flat();
      return [...untaken, ...rest.map(({ id }) => ({ id, why, forGood: false }))];
    }
  }
  return untaken;
}
