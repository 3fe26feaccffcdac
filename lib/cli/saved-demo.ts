import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MemoryRunStore } from '../adapters/memory-run-store.js';

const file = new URL('../demo-run/run.json.gz', import.meta.url);

/** The files of the demo's run by name. */
export function demoFiles(): Record<string, unknown> {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Record<string, unknown>;
}

/** The saved run of the demo's simulated fleet, which comes with this program: to try what reads runs. */
export async function savedDemo(): Promise<MemoryRunStore> {
  const store = new MemoryRunStore();
  for (const [key, value] of Object.entries(demoFiles())) await store.put(key, value);
  return store;
}
