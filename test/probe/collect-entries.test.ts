import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, expectedAnswer, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

const BUSY = 'amazon-linux-2023-busy';
const full = (await expectedAnswer(BUSY)) as Record<string, unknown>;

let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-entries-test-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(() => rm(scratch, { recursive: true }));

type Answer = Record<string, unknown> & { list?: Record<string, unknown> };

async function told(
  files: Record<string, string | null>,
  environment: Record<string, string> = {},
  path: readonly string[] = [bin],
): Promise<Answer> {
  const tree = await editedFixture(scratch, BUSY, files);
  const { stdout, stderr, code } = await runProbe(tree, { path, environment });
  expect({ stderr: stderr.toString(), code }).toEqual({ stderr: '', code: 0 });
  expect(stdout.length).toBeLessThanOrEqual(2400);
  return JSON.parse(stdout.toString()) as Answer;
}

/** The full answer without these keys. */
function without(...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(full).filter(([key]) => !keys.includes(key)));
}

/** A flow of UDP, as the list shows it. */
function flow(at: number, source = '10.0.9.9', port = 9_000): string {
  const there = `src=${source} dst=10.8.0.1 sport=${at} dport=${port}`;
  const back = `src=10.8.0.1 dst=${source} sport=${port} dport=${at}`;
  return `ipv4     2 udp      17 29 ${there} ${back} [ASSURED] mark=0 use=1\n`;
}

const flows = (count: number) => Array.from({ length: count }, (_, at) => flow(at + 1)).join('');

describe('what one thing that is missing takes from the answer', () => {
  it.each<[string, Record<string, string | null>, string[]]>([
    ['conntrack and the list in /proc', { 'conntrack.txt': null }, ['list']],
    ['the right to read the log', { 'dmesg.txt': null }, ['tableFull']],
    ['slabinfo', { 'proc/slabinfo': null }, ['entryBytes']],
    ['ethtool', { 'ethtool-eth0.txt': null, 'ethtool-eth1.txt': null }, ['ena']],
    ['the second reading', { 'later/proc/uptime': null }, ['later']],
    ['the counters', { 'proc/net/stat/nf_conntrack': null }, ['stat']],
  ])('without %s', async (_, files, keys) => {
    const answer = await told(files);
    const { later, ...rest } = answer;
    const { later: expected, ...others } = without(...keys);
    expect(rest).toEqual(others);
    // What counters grew by needs both readings of them.
    if (keys[0] === 'stat') expect(later).toEqual({ ...(expected as object), stat: {} });
    else expect(later).toEqual(expected);
  });

  it('names no pod without the files of the CNI, and still counts', async () => {
    const files = { 'var/run/aws-node/ipam.json': null, 'var/run/aws-node/ipam-nic-1.json': null };
    const { list } = await told(files);
    expect(list?.['holders']).toContainEqual(['10.0.1.23', 15]);
    expect(JSON.stringify(list)).not.toContain('shop/');
  });

  it('knows no rules of NodeLocal DNSCache where iptables tells none', async () => {
    const { nodeLocal } = await told({ 'iptables-save.txt': null });
    expect(nodeLocal).toEqual({ interface: true });
  });

  it('says that NodeLocal DNSCache is not installed only where interfaces can be seen', async () => {
    const files = { 'sys/class/net/nodelocaldns/ifindex': null };
    expect((await told(files)).nodeLocal).toEqual({ interface: false });
    expect(await told({ ...files, 'sys/class/net/lo/ifindex': null })).not.toHaveProperty(
      'nodeLocal',
    );
  });
});

describe('the second reading', () => {
  const after = (first: string, second: string) =>
    told({ 'proc/uptime': `${first} 99.00\n`, 'later/proc/uptime': `${second} 99.00\n` });

  it.each([
    ['12645.00', 300],
    ['12345.01', 0.01],
  ])('is told at an uptime of %s after one of 12345.00', async (second, seconds) => {
    expect((await after('12345.00', second))['later']).toMatchObject({ seconds });
  });

  it.each([
    ['more than 300 seconds later', '12645.01'],
    ['at the same moment', '12345.00'],
    ['at an earlier uptime, as after a restart', '3.00'],
  ])('is not told %s', async (_, second) => {
    expect(await after('12345.00', second)).toEqual({ ...without('later'), uptime: 12_345 });
  });
});

describe('where the list comes from', () => {
  const proc = 'proc/net/nf_conntrack';

  it('is /proc where conntrack may not ask', async () => {
    const { list } = await told({ 'conntrack.txt': null, [proc]: flows(7) });
    expect(list).toMatchObject({ from: 'proc', read: 7, whole: true, assured: 7 });
  });

  it('is /proc where asking would load a module', async () => {
    const modules = 'nf_conntrack 188416 6 xt_nat, Live 0x0\nnf_tables 319488 1 - Live 0x0\n';
    const { list } = await told({ 'proc/modules': modules, [proc]: flows(7) });
    expect(list).toMatchObject({ from: 'proc', read: 7 });
    expect(await told({ 'proc/modules': modules })).not.toHaveProperty('list');
  });

  it('is /proc where conntrack is built in and its netlink part is a module', async () => {
    const release = '6.1.159-181.297.amzn2023.x86_64';
    const files = {
      'proc/modules': null,
      'proc/sys/kernel/osrelease': `${release}\n`,
      [`lib/modules/${release}/modules.dep`]: 'kernel/net/netfilter/nf_conntrack_netlink.ko.xz:\n',
      [proc]: flows(7),
    };
    expect((await told(files)).list).toMatchObject({ from: 'proc', read: 7 });
  });

  it('is nowhere while the module is not loaded', async () => {
    const files = { 'proc/sys/net/netfilter/nf_conntrack_count': null, [proc]: flows(7) };
    expect(await told(files)).not.toHaveProperty('list');
  });

  it('is an empty table where conntrack lists nothing', async () => {
    const { list } = await told({ 'conntrack.txt': '', [proc]: flows(7) });
    expect(list).toMatchObject({ from: 'netlink', read: 0, whole: true });
  });

  it('has IPv6 from a second list where the first holds IPv4 only', async () => {
    const inet6 = flow(1, '2600::1').replace('ipv4     2', 'ipv6     10');
    const only4 = { 'conntrack.txt': flows(3), 'conntrack-inet6.txt': inet6 };
    expect((await told(only4)).list).toMatchObject({ read: 4, ipv6: 1 });
    const both = { 'conntrack.txt': flows(3) + inet6, 'conntrack-inet6.txt': inet6 };
    expect((await told(both)).list).toMatchObject({ read: 4, ipv6: 1 });
  });

  it('keeps what conntrack listed before it was ended, as a part', async () => {
    const folder = await installTools(join(scratch, 'ended'));
    const script = '#!/bin/sh\nhead -n 2 "$CONNTRACK_PROBE_ROOT/conntrack.txt"\nexit 124\n';
    await writeFile(join(folder, 'conntrack'), script);
    const { list } = await told({ [proc]: flows(7) }, {}, [folder]);
    expect(list).toMatchObject({ from: 'netlink', read: 2, whole: false });
  });
});

describe('a list that is too long', () => {
  it.each([
    { entries: 499, read: 499, whole: true },
    { entries: 500, read: 500, whole: true },
    { entries: 501, read: 500, whole: false },
    { entries: 9_000, read: 500, whole: false },
  ])('is cut at 500 of $entries entries', async ({ entries, read, whole }) => {
    const { list, tableFull } = await told(
      { 'conntrack.txt': flows(entries) },
      { CONNTRACK_PROBE_CAP: '500' },
    );
    expect(list).toMatchObject({ read, whole });
    expect(tableFull).toEqual(full['tableFull']);
  });

  it.each([
    { kernel: '6.15.9', read: 5_000, whole: false },
    { kernel: '6.16.0', read: 6_000, whole: true },
    { kernel: '5.10.245-241.978.amzn2.x86_64', read: 5_000, whole: false },
    { kernel: '7.0.1', read: 6_000, whole: true },
  ])('is kept short on Linux $kernel, where it comes from /proc', async ({ kernel, ...list }) => {
    const answer = await told({
      'conntrack.txt': null,
      'proc/net/nf_conntrack': flows(6_000),
      'proc/sys/kernel/osrelease': `${kernel}\n`,
    });
    expect(answer.list).toMatchObject(list);
  });
});

describe('who holds the entries', () => {
  const holders = async (files: Record<string, string | null>) =>
    (await told(files)).list?.['holders'];

  it('are six at most, the largest first, and by address where they are even', async () => {
    const many = Array.from({ length: 9 }, (_, at) =>
      flow(at + 1, `10.0.8.${at + 1}`).repeat(at < 2 ? 2 : 1),
    );
    expect(await holders({ 'conntrack.txt': many.join('') })).toEqual([
      ['10.0.8.1', 2],
      ['10.0.8.2', 2],
      ...[3, 4, 5, 6].map((at) => [`10.0.8.${at}`, 1]),
    ]);
  });

  it('are known from the runtime’s CNI where the VPC CNI keeps no file', async () => {
    const cached = {
      kind: 'cniCacheV1',
      networkName: 'k8s-pod-network',
      cniArgs: [
        ['IgnoreUnknown', '1'],
        ['K8S_POD_NAMESPACE', 'shop'],
        ['K8S_POD_NAME', 'cart-1'],
      ],
      result: { cniVersion: '1.0.0', ips: [{ address: '10.0.9.9/32', gateway: '169.254.1.1' }] },
    };
    const files = {
      'var/run/aws-node/ipam.json': null,
      'var/run/aws-node/ipam-nic-1.json': null,
      'var/lib/cni/results/k8s-pod-network-0a1b-eth0': JSON.stringify(cached),
      'conntrack.txt': flows(3),
    };
    expect(await holders(files)).toEqual([['10.0.9.9', 3, 'shop/cart-1']]);
  });

  it('are the same address however IPv6 is spelled', async () => {
    const spelled = '2600:1f13:0000:0001:0000:0000:0000:0017';
    const line = flow(1, spelled).replace('ipv4     2', 'ipv6     10');
    expect(await holders({ 'conntrack.txt': line })).toEqual([[spelled, 1, 'shop/api-0']]);
  });

  it('lose what could mean something to a reader', async () => {
    const name = '\\"]}<img src=x>`$(reboot)`';
    const ipam = `{"allocations":[{"containerID":"x","ipv4":"10.0.9.9","metadata":{"k8sPodNamespace":"shop","k8sPodName":"${name}"}}]}`;
    const shown = JSON.stringify(
      await holders({ 'var/run/aws-node/ipam.json': ipam, 'conntrack.txt': flows(1) }),
    );
    expect(shown).not.toMatch(/[<>`$(){}\\=]/);
  });
});
