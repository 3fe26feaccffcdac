import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { ordinaryMachine } from '../../lib/simulator/fleet/machines.js';
import { al2023, bottlerocket } from '../../lib/simulator/fleet/plan.js';
import type { Machine } from '../../lib/simulator/machine.js';
import { writeNodeTools } from '../../lib/simulator/node-tools.js';
import { nodeEnvironment, writeNodeTree } from '../../lib/simulator/node-tree.js';
import { runProbe } from '../support/probe.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'node-tree-system-'));
  tools = join(scratch, 'tools');
  await writeNodeTools(tools);
});
afterAll(() => rm(scratch, { recursive: true }));

function aMachine(os: typeof al2023, different: Partial<Machine> = {}): Machine {
  const cluster = { name: 'test', os, kubeProxyTag: 'v1.31.2', establishedSeconds: 86_400 };
  const group = { name: 'workers', kind: 'managed', instanceType: 'm5.large', count: 1 } as const;
  const usage = [0.1, 0.1] as const;
  return { ...ordinaryMachine(cluster, { ...group, max: 131_072, usage }, 0), ...different };
}

async function factsOf(machine: Machine): Promise<NodeFacts | undefined> {
  const root = await mkdtemp(join(scratch, 'node-'));
  await writeNodeTree(root, machine);
  const environment = nodeEnvironment(root, tools);
  const { stdout } = await runProbe(root, { environment });
  if (machine.os.id === 'bottlerocket') {
    expect(await readFile(join(root, 'etc/os-release'), 'utf8')).toContain('ID="amzn"');
  }
  return parseAnswer(stdout.toString());
}

describe('the system of a simulated node', () => {
  it('is Bottlerocket behind the container of Amazon Linux 2 through which it is asked', async () => {
    const facts = await factsOf(aMachine(bottlerocket));
    expect(facts?.os).toEqual({ id: bottlerocket.id, version: bottlerocket.version });
    expect(facts?.kubeProxyConfigState).toBe('not-visible');
    expect(facts).not.toHaveProperty('makeup');
  });

  it('shows the mode and the block of kube-proxy elsewhere', async () => {
    const kubeProxy = { tag: 'v1.33.3', maxPerCore: 0, min: 655_360, mode: 'nftables' } as const;
    const facts = await factsOf(aMachine(al2023, { kubeProxy }));
    expect(facts).toMatchObject({
      os: { id: 'amzn', version: '2023' },
      kubeProxyConfigState: 'known',
      kubeProxyConfig: { maxPerCore: 0, min: 655_360, tcpCloseWaitTimeout: 3_600 },
      proxyMode: 'nftables',
    });
  });

  it.each([1, 2, undefined])('has %s threads a core', async (threads) => {
    const told = threads === undefined ? {} : { threadsPerCore: threads };
    expect((await factsOf(aMachine(al2023, told)))?.threadsPerCore).toBe(threads);
  });
});
