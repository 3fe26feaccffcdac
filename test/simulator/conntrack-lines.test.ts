import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entriesFiles } from '../../lib/simulator/conntrack-lines.js';
import { writeExecutable } from '../../lib/simulator/executable.js';
import type { Flow } from '../../lib/simulator/flow.js';
import type { Machine } from '../../lib/simulator/machine.js';
import { writeNodeTools } from '../../lib/simulator/node-tools.js';
import { nodeEnvironment, writeNodeTree } from '../../lib/simulator/node-tree.js';

const run = promisify(execFile);

const established: Flow = {
  weight: 3,
  protocol: 'tcp',
  state: 'ESTABLISHED',
  from: 'pods',
  to: 'service',
  port: 443,
  seconds: [86_392, 86_392],
};
const lookup: Flow = {
  weight: 1,
  protocol: 'udp',
  from: 'shop/web-1',
  to: 'dns',
  port: 53,
  seconds: [29, 29],
};

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'conntrack-lines-test-'));
  await writeNodeTools(join(scratch, 'tools'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

function host(traffic: readonly Flow[] | undefined, entries = 8): Machine {
  return {
    conntrack: { entries, max: 131_072, buckets: 65_536, ...(traffic && { traffic }) },
    memTotalKiB: 16_117_300,
    memAvailableKiB: 9_000_000,
    vcpus: 2,
    kernel: '6.1.159',
    os: { id: 'amzn', version: '2023' },
    bootId: '6a0ed0a2-58f4-4f5c-8a3b-8a3f6f0cf3c4',
    uptimeSeconds: 12_345.67,
    hostAddress: '10.7.0.10',
    pods: [
      { namespace: 'shop', name: 'web-1', address: '10.7.0.20' },
      { namespace: 'shop', name: 'web-2', address: '10.7.0.21' },
    ],
  };
}

interface Asked {
  readonly options?: readonly string[];
  /** A folder in which programs are looked for first. */
  readonly path?: string;
}

async function listing(machine: Machine, asked: Asked = {}) {
  const { options = ['-L', '-o', 'extended'], path = '' } = asked;
  const root = await mkdtemp(join(scratch, 'node-'));
  await writeNodeTree(root, machine);
  const tools = join(scratch, 'tools');
  const env = nodeEnvironment(root, tools);
  return run(join(tools, 'conntrack'), options, {
    env: { ...env, PATH: `${path}:${env.PATH}` },
    maxBuffer: 2 ** 26,
  });
}

/** Those of the programs that this machine has. */
async function installed(programs: readonly string[]): Promise<string[]> {
  const script = 'for program; do command -v "$program" >/dev/null && echo "$program"; done; true';
  return (await run('sh', ['-c', script, 'sh', ...programs])).stdout.split('\n').filter(Boolean);
}

async function linesOf(machine: Machine): Promise<string[]> {
  return (await listing(machine)).stdout.trimEnd().split('\n');
}

describe('the conntrack of a simulated node', () => {
  it('prints lines as version 1.4.7 does', async () => {
    const unanswered: Flow = { ...lookup, reply: 'unreplied' };
    expect([
      ...(await linesOf(host([established], 1))),
      ...(await linesOf(host([lookup], 1))),
      ...(await linesOf(host([unanswered], 1))),
    ]).toEqual([
      'ipv4     2 tcp      6 86392 ESTABLISHED src=10.7.0.20 dst=172.20.14.1 sport=1024 dport=443 src=10.0.200.1 dst=10.7.0.20 sport=443 dport=1024 [ASSURED] mark=0 use=1',
      'ipv4     2 udp      17 29 src=10.7.0.20 dst=172.20.0.10 sport=1024 dport=53 src=10.0.200.53 dst=10.7.0.20 sport=53 dport=1024 mark=0 use=1',
      'ipv4     2 udp      17 29 src=10.7.0.20 dst=172.20.0.10 sport=1024 dport=53 [UNREPLIED] src=10.0.200.53 dst=10.7.0.20 sport=53 dport=1024 mark=0 use=1',
    ]);
  });

  it('lists as many entries as the host counts, and says so', async () => {
    const { stdout, stderr } = await listing(host([established, lookup], 1_234));
    expect(stdout.match(/\n/g)).toHaveLength(1_234);
    expect(stderr).toBe('conntrack v1.4.7 (conntrack-tools): 1234 flow entries have been shown.\n');
    expect((await listing(host([lookup], 0))).stdout).toBe('');
  });

  it('has no entries of IPv6', async () => {
    const inet6 = ['-L', '-o', 'extended', '-f', 'ipv6'];
    expect(await listing(host([lookup]), { options: inet6 })).toEqual({
      stdout: '',
      stderr: 'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been shown.\n',
    });
  });

  it.each([400, 1_000, 20_000])('mixes kinds by weight in the first %i entries', async (first) => {
    const lines = (await linesOf(host([established, lookup], 20_000))).slice(0, first);
    const lookups = lines.filter((line) => line.includes('dport=53 ')).length;
    expect(lookups / first).toBeGreaterThan(0.24);
    expect(lookups / first).toBeLessThan(0.26);
  });

  it('takes turns over pods, and spreads what is left until they expire', async () => {
    const lines = await linesOf(host([{ ...established, seconds: [100, 109] }], 100));
    const turns = (part: RegExp) => [...new Set(lines.map((line) => part.exec(line)?.[1]))].sort();
    expect(turns(/ src=([\d.]+) /)).toEqual(['10.7.0.20', '10.7.0.21']);
    expect(turns(/ (\d+) ESTABLISHED/)).toEqual(
      Array.from({ length: 10 }, (_, more) => String(100 + more)),
    );
  });

  it('sends what pods send out of the VPC under the address of the host', async () => {
    const out = { ...established, to: 'world' } as const;
    const [ofPod] = await linesOf(host([out], 1));
    expect(ofPod).toContain('src=10.7.0.20 dst=203.0.113.1 ');
    expect(ofPod).toContain('src=203.0.113.1 dst=10.7.0.10 ');
    const [ofHost] = await linesOf(host([{ ...out, from: 'host', to: 'peers' }], 1));
    expect(ofHost).toContain('src=10.7.0.10 dst=10.0.200.1 ');
    expect(ofHost).toContain('src=10.0.200.1 dst=10.7.0.10 ');
  });

  it('keeps what pods left behind that are gone', async () => {
    const left = { ...established, from: 'gone', to: 'peers', state: 'SYN_SENT' } as const;
    const gone = { ...host([{ ...left, reply: 'unreplied' }], 2), goneAddresses: ['10.7.0.61'] };
    const lines = await linesOf(gone);
    expect(lines.map((line) => / SYN_SENT src=\S+ dst=\S+ /.exec(line)?.[0])).toEqual([
      ' SYN_SENT src=10.7.0.61 dst=10.0.200.1 ',
      ' SYN_SENT src=10.7.0.61 dst=10.0.200.2 ',
    ]);
    expect(() => entriesFiles(host([left]))).toThrow("got 'gone'");
  });

  it('lists the same under every awk of this machine', async () => {
    const awks = ['mawk', 'gawk', 'original-awk', 'busybox'];
    const machine = host([established, { ...lookup, seconds: [1, 30] }], 3_000);
    const expected = await linesOf(machine);
    for (const awk of await installed(awks)) {
      const folder = join(scratch, awk);
      await mkdir(folder);
      const command = awk === 'busybox' ? 'busybox awk' : awk;
      await writeExecutable(join(folder, 'awk'), `#!/bin/sh\nexec ${command} "$@"\n`);
      const { stdout } = await listing(machine, { path: folder });
      expect(stdout.trimEnd().split('\n'), awk).toEqual(expected);
    }
  });

  it('ends when its reader has had enough', async () => {
    const root = await mkdtemp(join(scratch, 'node-'));
    await writeNodeTree(root, host([established], 100_000));
    const tools = join(scratch, 'tools');
    const shell = 'conntrack -L -o extended | head -n 4000 | wc -l';
    const { stdout, stderr } = await run('sh', ['-c', shell], {
      env: nodeEnvironment(root, tools),
    });
    expect(stdout.trim()).toBe('4000');
    // It says how many it has shown when it comes to the end.
    expect(stderr).not.toContain('have been shown');
  });

  it('fails where the host has none, and when it is asked for something else', async () => {
    const missing = { code: 127, stdout: '', stderr: 'conntrack: not found\n' };
    await expect(listing(host(undefined))).rejects.toMatchObject(missing);
    await expect(listing(host([lookup]), { options: ['-D'] })).rejects.toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

describe('the description of entries', () => {
  it('is one line for each kind of flow, however many entries there are', () => {
    expect(entriesFiles(host([established, lookup], 3_000_000))).toEqual({
      'entries.spec':
        '49152 tcp 6 ESTABLISHED 10.7.0.20,10.7.0.21 172.20.14.* 10.0.200.* - 443 86392 86392 assured\n' +
        '65536 udp 17 - 10.7.0.20 172.20.0.10 10.0.200.53,10.0.201.53 - 53 29 29 answered\n',
    });
  });

  it('fails when a flow ends at a pod or a host that has no address', () => {
    const { hostAddress: _, ...nowhere } = host([{ ...lookup, from: 'host' }]);
    expect(() => entriesFiles(nowhere)).toThrow(
      "a flow should end where the host has an address, got 'host'",
    );
    expect(() => entriesFiles(host([{ ...lookup, from: 'shop/web-3' }]))).toThrow(
      "got 'shop/web-3'",
    );
    expect(() => entriesFiles({ ...host([established]), pods: [] })).toThrow("got 'pods'");
  });
});
