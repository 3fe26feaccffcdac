import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { media } from '../../../lib/simulator/fleet/media.js';
import type { SimulatedNode } from '../../../lib/simulator/fleet.js';
import { writeNodeTools } from '../../../lib/simulator/node-tools.js';
import { nodeEnvironment, writeNodeTree } from '../../../lib/simulator/node-tree.js';
import { runScript } from '../../../lib/simulator/ssm-agent.js';
import { PROBE, fixture } from '../../support/probe.js';

/** The parts of an answer that are looked at here. */
interface Answer {
  readonly vcpus: number;
  readonly threadsPerCore: number;
  readonly os: { readonly id: string };
  readonly kubeProxy?: { readonly tag: string; readonly config: string };
  readonly list?: {
    readonly read: number;
    readonly ipv6: number;
    readonly holders: readonly (readonly [address: string, count: number, who?: string])[];
    readonly unanswered: { readonly toNobody: number };
  };
}

const lines = (await readFile(PROBE, 'utf8')).split('\n');
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'media-test-'));
  await writeNodeTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe says on the last node of a group. */
async function answerOf(isMeant: (node: SimulatedNode) => boolean): Promise<Answer> {
  const node = media.nodes.findLast(isMeant);
  if (node === undefined) throw new Error('no such node');
  const root = await mkdtemp(join(scratch, 'node-'));
  await writeNodeTree(root, node.machine);
  const environment = nodeEnvironment(root, join(scratch, 'tools'));
  const { instanceId } = node;
  const { stdout } = await runScript({ lines, instanceId, region: 'us-east-1', environment });
  return JSON.parse(stdout) as Answer;
}

const ofGroup = (name: string) => (node: SimulatedNode) => node.tags['eks:nodegroup-name'] === name;

describe('the probe on nodes of the cluster of IPv6', () => {
  it('lists entries of both families, and knows pods and the host by their addresses', async () => {
    const { list, kubeProxy } = await answerOf(ofGroup('catalogue'));
    const { read = 0, ipv6 = 0, holders = [], unanswered } = list ?? {};
    expect(read).toBe(4_000);
    expect(ipv6 / read).toBeGreaterThan(0.97);
    expect(ipv6).toBeLessThan(read);
    const owners = holders.map(([, , who = 'nobody']) => who);
    expect(owners.some((who) => who.startsWith('media/catalogue-'))).toBe(true);
    expect(owners).not.toContain('nobody');
    expect(unanswered?.toNobody).toBe(0);
    expect(kubeProxy?.config).toContain('mode: nftables');
  });

  it('sees of Bottlerocket what its control container shows, and no more', async () => {
    const answer = await answerOf(({ machine }) => machine.os.id === 'bottlerocket');
    expect(answer.os.id).toBe('bottlerocket');
    const captured = JSON.parse(
      await readFile(join(fixture('bottlerocket-control-container'), 'expected.json'), 'utf8'),
    ) as object;
    expect(Object.keys(captured)).not.toContain('list');
    for (const part of ['list', 'kubeProxy', 'ena', 'policyAgent', 'tableFull']) {
      expect(part in answer, part).toBe(part in captured);
    }
  });

  it('counts the CPUs of a host without SMT', async () => {
    const { vcpus, threadsPerCore } = await answerOf(ofGroup('encoders'));
    expect({ vcpus, threadsPerCore }).toEqual({ vcpus: 4, threadsPerCore: 1 });
  });
});
