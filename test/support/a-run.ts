import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { RUN_SCHEMA_VERSION } from '../../lib/core/run/run-files.js';
import { aFleet, aNode } from './a-node.js';
import { answering } from './fakes.js';

/** A whole run of one node that answered, as an audit saves it. A test states only what is different. */
export async function aRun(
  different: Readonly<Record<string, unknown>> = {},
): Promise<MemoryRunStore> {
  const store = new MemoryRunStore();
  const files = {
    'run.json': {
      schemaVersion: RUN_SCHEMA_VERSION,
      runId: 'run-1',
      startedAt: '2026-11-23T08:00:00Z',
    },
    'policy.json': defaultPolicy,
    'fleet.json': aFleet([aNode({}, { instanceId: 'i-1' }).node]),
    'asking.json': { batches: [['i-1']], silent: [] },
    'commands/00000.json': { commandId: 'c', instanceIds: ['i-1'], refused: [] },
    'answers/00000.json': [answering('i-1', 5, 10)],
    'recalled.json': {},
    ...different,
  };
  for (const [key, value] of Object.entries(files)) await store.put(key, value);
  return store;
}
