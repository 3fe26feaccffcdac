import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Machine } from '../../lib/simulator/machine.js';
import { writeNodeTree } from '../../lib/simulator/node-tree.js';
import { policyAgentFiles } from '../../lib/simulator/policy-agent-files.js';
import { runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';
import { aSimulatedNode } from '../support/a-simulated-node.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'policy-agent-files-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe tells of an agent like this one. */
async function told(policyAgent: NonNullable<Machine['policyAgent']>): Promise<unknown> {
  const root = await mkdtemp(join(scratch, 'node-'));
  await writeNodeTree(root, { ...aSimulatedNode(1).machine, policyAgent });
  const { stdout } = await runProbe(root, { path: [tools] });
  return (JSON.parse(stdout.toString()) as { policyAgent?: unknown }).policyAgent;
}

describe('the files of the network policy agent', () => {
  it.each([
    { enabled: true },
    { enabled: true, tableSize: 1_048_576 },
    { enabled: false, tableSize: 32_768 },
  ])('are read back by the probe: %j', async (agent) => {
    expect(await told(agent)).toEqual(agent);
  });

  it('are none where it does not run', () => {
    expect(policyAgentFiles({} as Machine)).toEqual({});
  });
});
