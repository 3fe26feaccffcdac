import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MemoryRunStore } from '../adapters/memory-run-store.js';

const file = new URL('../demo-run/run.json.gz', import.meta.url);

/** The saved run of the demo's simulated fleet, which comes with this program: to try what reads runs. */
export async function savedDemo(): Promise<MemoryRunStore> {
  const text = (await promisify(gunzip)(await readFile(file))).toString();
  const store = new MemoryRunStore();
  for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    await store.put(key, value);
  }
  return store;
}
