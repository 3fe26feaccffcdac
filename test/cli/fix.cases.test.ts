import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { run } from '../../lib/cli/program.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { aFleet, aNode } from '../support/a-node.js';
import { aTerminal } from '../support/a-terminal.js';
import { fakeAudit, FakeProbe } from '../support/fakes.js';
import { editable, EKS_CONFIG } from '../support/kube-proxy-configurations.js';
import { StubCluster } from '../support/stub-cluster.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fix-cases-'));
});

afterEach(() => rm(folder, { recursive: true }));

interface Printed {
  readonly path: string;
  readonly text: string;
}

async function filesOf(...args: string[]): Promise<Map<string, string>> {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['fix', ...args, '--json'], terminal);
  expect({ status, notes: notes() }).toEqual({ status: 0, notes: '' });
  const files = JSON.parse(out()) as Printed[];
  return new Map(files.map(({ path, text }) => [path, text]));
}

/** A run of one node, which answers this. */
async function runOf(answer: object): Promise<string> {
  const saved = join(folder, 'run');
  const { node } = aNode({}, { instanceId: 'i-1', instanceType: 'm5.2xlarge' });
  const text = JSON.stringify(answer);
  const probe = new FakeProbe(['i-1'], { 'i-1': { instanceId: 'i-1', status: 'answered', text } });
  const fleet = { ...aFleet([node]), clusters: [{ name: node.cluster }] };
  const { deps, orchestrator } = fakeAudit(fleet, probe);
  await auditFleet({ ...deps, store: await FolderRunStore.create(saved) }, orchestrator, 'run-1');
  return saved;
}

describe('files for what people met', () => {
  // What people wrote by hand, and what a script that edits lines made invalid YAML of.
  it('a script edits four spaces, flow style and an empty block, and restarts with nothing else', async () => {
    const files = await filesOf('raise-limit', '--limit', '524288', '--cluster', 'shop');
    const cluster = new StubCluster();
    for (const form of ['two spaces', 'four spaces', 'flow', 'null']) {
      const ran = cluster.run(
        files.get('1-recommended/raise-limit.sh') ?? '',
        editable[form] ?? '',
      );
      expect(ran.status).toBe(0);
      expect(ran.restarts).toEqual([ran.config]);
      expect(ran.config).toContain('min: 524288');
    }
    cluster.remove();
  });

  it('a script without the name of the cluster asks for it before it does anything', async () => {
    const files = await filesOf('raise-limit', '--limit', '524288');
    const script = files.get('1-recommended/raise-limit.sh') ?? '';
    const cluster = new StubCluster();
    const ran = cluster.run(script, EKS_CONFIG);
    expect(ran).toMatchObject({ status: 1, config: EKS_CONFIG, restarts: [] });
    expect(ran.notes).toContain("for the cluster '<your cluster>'");
    cluster.remove();
  });

  /** @see https://github.com/kubermatic/kubermatic/issues/3026 maxPerCore 0, and a min that is ignored */
  it('a kube-proxy with maxPerCore 0 is not given a min that it ignores', async () => {
    const from = await runOf({
      v: 1,
      hostNetwork: true,
      entries: 482_000,
      max: 524_288,
      buckets: 262_144,
      memTotalKiB: 32_000_000,
      vcpus: 8,
      kernel: '6.1.159-181.297.amzn2023.x86_64',
      os: { id: 'amzn', version: '2023' },
      kubeProxy: { running: true, tag: 'v1.31.2-eksbuild.3', maxPerCore: 0, min: 131_072 },
    });
    const files = await filesOf('table-pressure', '--from', from);
    expect([...files.keys()].filter((path) => path.startsWith('1-'))).toEqual([
      '1-recommended/user-data.mime',
      '1-recommended/terraform-user-data/main.tf',
    ]);
    expect(files.get('1-recommended/user-data.mime')).toContain('ignores conntrack.min');
    expect(files.get('alternatives/raise-limit.sh')).toContain('--set conntrack.maxPerCore=32768 ');
  });

  /** @see https://github.com/kubernetes/dns/issues/655 node-cache ends where two families are mixed */
  it('a cache for a DNS service of IPv6 has no address of IPv4', async () => {
    const files = await filesOf(
      'node-local-dns-cache',
      ...['--dns-address', 'fd00:7072:6f64::a', '--proxy-mode', 'iptables'],
    );
    const text = files.get('1-recommended/node-local-dns.yaml') ?? '';
    expect(text).toContain('- fd00:a9fe:140a::10,fd00:7072:6f64::a\n');
    expect(text).toContain('health [fd00:a9fe:140a::10]:8080\n');
    expect(text).not.toMatch(/\b\d+\.\d+\.\d+\.\d+\b/);
  });
});
