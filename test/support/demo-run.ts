import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgeSavedRun, type JudgedRun } from '../../lib/core/run/judged-run.js';

const file = new URL('../fixtures/demo-run/run.json.gz', import.meta.url);

/** The files of the demo's run by name. */
export function demoFiles(): Record<string, unknown> {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Record<string, unknown>;
}

/** The run of the demo's 137 nodes, judged by the rules of today. */
export async function theDemo(): Promise<JudgedRun> {
  const store = new MemoryRunStore();
  for (const [key, value] of Object.entries(demoFiles())) await store.put(key, value);
  return judgeSavedRun(store, catalogue);
}
