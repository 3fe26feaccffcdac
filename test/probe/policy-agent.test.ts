import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

const ID = 'cd'.repeat(32);
const SPEC = `run/containerd/io.containerd.runtime.v2.task/k8s.io/${ID}/config.json`;

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'policy-agent-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe tells of an agent that containerd started with these arguments. */
async function told(
  args: readonly string[],
  different: Record<string, string> = {},
): Promise<unknown> {
  const annotations = {
    'io.kubernetes.cri.container-name': 'aws-eks-nodeagent',
    'io.kubernetes.cri.sandbox-namespace': 'kube-system',
    ...different,
  };
  const env = ['X="--conntrack-cache-table-size=1"', '"--enable-network-policy=true"'];
  const tree = await editedFixture(scratch, 'amazon-linux-2023-linux-6.1', {
    'proc/812/comm': 'controller\n',
    'proc/812/cgroup': `0::/kubepods.slice/cri-containerd-${ID}.scope\n`,
    [SPEC]: JSON.stringify({ process: { env, args: ['/controller', ...args] }, annotations }),
  });
  const { stdout } = await runProbe(tree, { path: [tools] });
  return (JSON.parse(stdout.toString()) as { policyAgent?: unknown }).policyAgent;
}

describe('the probe, about the network policy agent', () => {
  const usual = ['--enable-ipv6=false', '--enable-network-policy=true'];

  it('tells the size of its table where its arguments do', async () => {
    const sized = [...usual, '--conntrack-cache-table-size=1048576', '--log-level=debug'];
    expect(await told(sized)).toEqual({ enabled: true, tableSize: 1_048_576 });
    expect(await told(usual)).toEqual({ enabled: true });
    const apart = [...usual, '--conntrack-cache-table-size', '65536'];
    expect(await told(apart)).toEqual({ enabled: true, tableSize: 65_536 });
  });

  it.each([
    ['--enable-network-policy', true],
    ['--enable-network-policy=1', true],
    ['--enable-network-policy=false', false],
    ['--enable-ipv6=true', false],
  ])('knows by %s that it enforces: %s', async (argument, enabled) => {
    expect(await told([argument])).toEqual({ enabled });
  });

  it.each([
    { 'io.kubernetes.cri.sandbox-namespace': 'default' },
    { 'io.kubernetes.cri.container-name': 'controller' },
  ])('believes no other process of that name: %j', async (different) => {
    expect(await told(usual, different)).toBeUndefined();
  });
});
