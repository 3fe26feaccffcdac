import { mkdtemp, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

const FIXTURE = 'amazon-linux-2023-linux-6.1';
const SPEC =
  'run/containerd/io.containerd.runtime.v2.task/k8s.io/3928b6e8e185656bd4685e199c71b52767f38fdb5d14ed97453d07e31ebaf2ae/config.json';
const CONFIG = 'proc/2386/root/var/lib/kube-proxy-config/config';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kube-proxy-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe says of kube-proxy on the fixture with these files replaced or removed. */
async function told(
  files: Record<string, string | null> = {},
  pidNamespace?: string,
): Promise<unknown> {
  const tree = await editedFixture(scratch, FIXTURE, files);
  if (pidNamespace !== undefined) {
    await unlink(join(tree, 'proc/self/ns/pid')).catch(() => undefined);
    await symlink(pidNamespace, join(tree, 'proc/self/ns/pid'));
  }
  const { stdout, stderr, code } = await runProbe(tree, { path: [tools] });
  expect({ stderr: stderr.toString(), code }).toEqual({ stderr: '', code: 0 });
  return (JSON.parse(stdout.toString()) as { kubeProxy?: unknown }).kubeProxy;
}

/** A spec of containerd with these annotations. */
function spec(different: Record<string, string>): string {
  const annotations = {
    'io.kubernetes.cri.container-name': 'kube-proxy',
    'io.kubernetes.cri.image-name': '123456789012.dkr.ecr.example/eks/kube-proxy:v1.31.2',
    'io.kubernetes.cri.sandbox-namespace': 'kube-system',
    ...different,
  };
  return JSON.stringify({ annotations });
}

describe('the probe, about kube-proxy', () => {
  it('tells the tag of its image, its conntrack block and its mode', async () => {
    expect(await told()).toEqual({
      running: true,
      tag: 'v1.31.2-minimal-eksbuild.3',
      config: [
        'conntrack:',
        '  maxPerCore: 32768',
        '  min: 131072',
        '  tcpCloseWaitTimeout: 1h0m0s',
        '  tcpEstablishedTimeout: 24h0m0s',
        'mode: "iptables"',
      ].join('\n'),
    });
  });

  it('never tells the registry, which may hold an account', async () => {
    expect(JSON.stringify(await told({ [SPEC]: spec({}) }))).not.toContain('123456789012');
  });

  it('looks into no container that only calls its process kube-proxy', async () => {
    const foreign = spec({ 'io.kubernetes.cri.sandbox-namespace': 'default' });
    expect(await told({ [SPEC]: foreign })).toEqual({ running: true });
  });

  it.each(['kube-proxy', 'kube-proxy:latest', 'kube-proxy:v1" ,"x":"'])(
    'tells no tag of an image named %s',
    async (image) => {
      const named = spec({ 'io.kubernetes.cri.image-name': image });
      expect(await told({ [SPEC]: named })).not.toHaveProperty('tag');
    },
  );

  it('tells a configuration that it does not see from one without a block, and one it does not follow', async () => {
    const running = { running: true, tag: 'v1.31.2-minimal-eksbuild.3' };
    expect(await told({ [CONFIG]: null })).toEqual(running);
    expect(await told({ [CONFIG]: 'iptables:\n  min: 5\n' })).toEqual({ ...running, config: '' });
    expect(await told({ [CONFIG]: 'conntrack:\n  min: "$(reboot)"\n' })).toEqual({
      ...running,
      config: false,
    });
  });

  it('says that none runs only where it sees every process of the host', async () => {
    const none = { 'proc/2386/comm': 'nginx\n' };
    expect(await told(none, 'pid:[4026531836]')).toEqual({ running: false });
    expect(await told(none, 'pid:[4026532201]')).toBeUndefined();
  });
});
