import { PROBE_VERSION } from '../../lib/probe/version.js';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Machine } from '../../lib/simulator/machine.js';
import { writeNodeTools } from '../../lib/simulator/node-tools.js';
import { nodeEnvironment, writeNodeTree } from '../../lib/simulator/node-tree.js';
import { runScript } from '../../lib/simulator/ssm-agent.js';
import { PROBE, contents, fixture } from '../support/probe.js';

const table = {
  entries: 120_000,
  max: 131_072,
  buckets: 65_536,
  counters: { drop: [3, 0, 0xffffffff, 1], early_drop: [10, 20, 30, 40] },
  timeouts: { tcp_timeout_established: 86_400, udp_timeout: 30 },
};
const machine: Machine = {
  conntrack: table,
  memTotalKiB: 16_117_300,
  memAvailableKiB: 9_000_000,
  vcpus: 4,
  kernel: '6.1.159-181.297.amzn2023.x86_64',
  os: { id: 'amzn', version: '2023' },
  bootId: '6a0ed0a2-58f4-4f5c-8a3b-8a3f6f0cf3c4',
  uptimeSeconds: 12_345.67,
  kernelLog: ['[12300.120000] nf_conntrack: nf_conntrack: table full, dropping packet'],
};

/** The same host with traffic, two readings and addresses. */
const busy: Machine = {
  ...machine,
  conntrack: {
    ...table,
    entryBytes: 256,
    later: { seconds: 2.04, entries: -40, counters: { drop: 4, found: 9 } },
    traffic: [
      { weight: 3, protocol: 'udp', from: 'pods', to: 'dns', port: 53, seconds: [1, 30] },
      {
        weight: 1,
        protocol: 'tcp',
        state: 'ESTABLISHED',
        from: 'host',
        to: 'service',
        port: 5432,
        seconds: [60, 82_800],
      },
    ],
  },
  hostAddress: '10.7.0.10',
  pods: [{ namespace: 'shop', name: 'web-1', address: '10.7.0.20' }],
};

const lines = (await readFile(PROBE, 'utf8')).split('\n');
let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'node-tree-test-'));
  tools = join(scratch, 'tools');
  await writeNodeTools(tools);
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

async function treeOf(host: Machine): Promise<string> {
  const root = await mkdtemp(join(scratch, 'node-'));
  await writeNodeTree(root, host);
  return root;
}

/** The answer of the shipped probe, run as the agent runs it. */
async function answer(host: Machine): Promise<unknown> {
  const { stdout, stderr, status } = await runScript({
    lines,
    instanceId: 'i-0123456789abcdef0',
    region: 'eu-west-1',
    environment: nodeEnvironment(await treeOf(host), tools),
  });
  expect({ status, stderr }).toEqual({ status: 'Success', stderr: '' });
  return JSON.parse(stdout) as unknown;
}

/** The machine without some of its parts. */
function without(...parts: (keyof Machine)[]): Machine {
  const kept = Object.entries(machine).filter(([name]) => !(parts as string[]).includes(name));
  return Object.fromEntries(kept) as unknown as Machine;
}

describe('the probe on a simulated node', () => {
  it('reads back exactly what the machine was made of', async () => {
    const zero = ['clashres', 'found', 'invalid', 'chainlength', 'insert_failed', 'search_restart'];
    const dead = ['new', 'ignore', 'delete', 'insert', 'icmp_error'];
    const expectations = ['expect_new', 'expect_create', 'expect_delete'];
    const zeros = [...zero, ...dead, ...expectations].map((name) => [name, 0]);

    expect(await answer(machine)).toEqual({
      v: 1,
      probe: PROBE_VERSION,
      hostNetwork: true,
      entries: 120_000,
      max: 131_072,
      buckets: 65_536,
      stat: {
        ...(Object.fromEntries(zeros) as Record<string, number>),
        drop: 0xffffffff + 4,
        early_drop: 100,
      },
      timeouts: { tcp_timeout_established: 86_400, udp_timeout: 30 },
      memTotalKiB: 16_117_300,
      memAvailableKiB: 9_000_000,
      vcpus: 4,
      kernel: '6.1.159-181.297.amzn2023.x86_64',
      os: { id: 'amzn', version: '2023' },
      bootId: '6a0ed0a2-58f4-4f5c-8a3b-8a3f6f0cf3c4',
      uptime: 12_345.67,
      tableFull: { lines: 1, lastUptime: 12_300.12 },
      nodeLocal: { interface: false },
    });
  });

  it('reads back what fills the table, and who holds it', async () => {
    expect(await answer(busy)).toMatchObject({
      list: {
        from: 'netlink',
        read: 4_000,
        whole: false,
        proto: { tcp: 998, udp: 3_002 },
        tcp: { ESTABLISHED: 998 },
        idle: 998,
        ipv6: 0,
        unreplied: 0,
        assured: 998,
        dns: { udp: 3_002, tcp: 0, unreplied: 0 },
        ports: [
          ['udp/53', 3_002],
          ['tcp/5432', 998],
        ],
        holders: [
          ['10.7.0.20', 3_002, 'shop/web-1'],
          ['10.7.0.10', 998, 'host'],
        ],
      },
    });
    expect(await answer(machine)).not.toHaveProperty('list');
  });

  it('reads back what is different later, once the clock has moved', async () => {
    expect(await answer(busy)).toMatchObject({
      entryBytes: 256,
      later: { seconds: 2.04, entries: 119_960, stat: { drop: 4, found: 9 } },
    });
    expect(await answer(machine)).not.toHaveProperty('later');
    expect(await answer(machine)).not.toHaveProperty('entryBytes');
  });

  it('reads back the limits of EC2, and what they grew by', async () => {
    const [exceeded, grown] = [{ conntrack: 3_210 }, { linklocal: 9 }];
    const ena = { interfaces: 2, exceeded, grown, available: 7 };
    expect(await answer({ ...machine, ena })).toMatchObject({
      ena: {
        nics: 2,
        exceeded: { bw_in: 0, bw_out: 0, pps: 0, conntrack: 3_210, linklocal: 0 },
        grown: { linklocal: 9 },
        available: 7,
      },
    });
    expect(await answer(machine)).not.toHaveProperty('ena');
  });

  it('reads back NodeLocal DNSCache, its rules and what met them', async () => {
    expect(await answer({ ...machine, nodeLocalDns: { rules: true, packets: 77 } })).toMatchObject({
      nodeLocal: { interface: true, rules: 12, packets: 77 },
    });
    expect(await answer({ ...machine, nodeLocalDns: { rules: false } })).toMatchObject({
      nodeLocal: { interface: true, rules: 0, packets: 0 },
    });
    const unread = (await answer({ ...machine, nodeLocalDns: {} })) as { nodeLocal: object };
    expect(unread.nodeLocal).toEqual({ interface: true });
  });

  it('finds no table when the module is not loaded', async () => {
    const read = await answer(without('conntrack'));
    for (const key of ['hostNetwork', 'entries', 'max', 'buckets', 'stat', 'timeouts']) {
      expect(read).not.toHaveProperty(key);
    }
    expect(read).toMatchObject({ vcpus: 4, tableFull: { lines: 1 } });
  });

  it('finds no counters and no timeouts where the machine has none', async () => {
    const { entries, max, buckets } = table;
    const read = await answer({ ...machine, conntrack: { entries, max, buckets } });
    expect(read).toMatchObject({ entries, max, buckets });
    expect(read).not.toHaveProperty('stat');
    expect(read).not.toHaveProperty('timeouts');
  });

  it('knows that it is not in the network namespace of the host', async () => {
    const read = await answer({ ...machine, conntrack: { ...table, hostNetwork: false } });
    expect(read).toMatchObject({ hostNetwork: false, max: 131_072 });
  });

  it('is refused the kernel log where the machine has none, and finds an empty one clean', async () => {
    expect(await answer(without('kernelLog'))).not.toHaveProperty('tableFull');
    expect(await answer({ ...machine, kernelLog: [] })).toMatchObject({ tableFull: { lines: 0 } });
  });

  it.each(['2', '2023'])('shows its kube-proxy as Amazon Linux %s does', async (version) => {
    const kubeProxy = { tag: 'v1.31.2-minimal-eksbuild.3', maxPerCore: 0, min: 655_360 };
    const host = { ...machine, os: { id: 'amzn', version }, kubeProxy };
    const config =
      'conntrack:\n  maxPerCore: 0\n  min: 655360\n  tcpCloseWaitTimeout: 1h0m0s\nmode: iptables';
    const told = { running: true, tag: kubeProxy.tag, config };
    expect(await answer(host)).toMatchObject({ kubeProxy: told });
    expect(await answer(machine)).not.toHaveProperty('kubeProxy');
  });

  it('leaves the tree as it was', async () => {
    const root = await treeOf(machine);
    const before = await contents(root);
    const environment = nodeEnvironment(root, tools);
    await runScript({ lines, instanceId: 'i-0', region: 'eu-west-1', environment });
    expect(await contents(root)).toEqual(before);
  });
});

describe('the files of a simulated node', () => {
  it('are laid out like those of a real one', async () => {
    const root = await treeOf({ ...machine, kernel: '6.18.44', vcpus: 2, conntrack: table });
    const real = fixture('debian-12-linux-6.18');
    const read = (tree: string, path: string) => readFile(join(tree, path), 'utf8');
    const line = (text: string, start: string) =>
      text.split('\n').find((candidate) => candidate.startsWith(start));
    const shape = (text: string | undefined) => text?.replace(/\d/g, '#');

    const stat = 'proc/net/stat/nf_conntrack';
    expect(line(await read(root, stat), 'entries')).toBe(line(await read(real, stat), 'entries'));
    expect(shape(line(await read(root, 'proc/meminfo'), 'MemTotal'))).toBe(
      shape(line(await read(real, 'proc/meminfo'), 'MemTotal')),
    );
    expect(line(await read(root, 'proc/cpuinfo'), 'processor')).toBe(
      line(await read(real, 'proc/cpuinfo'), 'processor'),
    );
  });
});
