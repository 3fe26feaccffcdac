import type { Gap } from '../node/gap.js';
import type { RunStore } from './ports.js';
import { GAPS } from './run-files.js';

/** Keeps the gaps that one step met, if there are any, in a file of its own. */
export async function keepGaps(store: RunStore, key: string, gaps: readonly Gap[]): Promise<void> {
  if (gaps.length > 0) await store.put(key, gaps);
}

/** Empties what an earlier audit of the same run left: a tick may be delivered twice. */
export async function forgetGaps(store: RunStore): Promise<void> {
  for (const key of await store.keys(GAPS)) await store.put(key, []);
}
