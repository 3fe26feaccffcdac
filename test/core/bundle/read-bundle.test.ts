import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../lib/core/bundle/answer.js';
import { readBundle } from '../../../lib/core/bundle/read-bundle.js';
import { parseAnswer } from '../../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aBundle, bundleFilesOf, hostOfBundle, reading } from '../../support/a-bundle.js';

const captured = fileURLToPath(
  new URL('../../fixtures/bundles/eks-log-collector-0.7.9', import.meta.url),
);

/** What the probe said there a second before. */
async function probed(): Promise<NodeFacts> {
  return parseAnswer(await readFile(join(captured, 'answer.json'), 'utf8')) ?? {};
}

describe('a bundle of the log collector, beside what the probe said there at that time', () => {
  it('tells the same of everything that both tell', async () => {
    const { named } = reading(await bundleFilesOf(captured));
    const beside = { isBottlerocket: false };
    const own = parseAnswer(JSON.stringify(answerOf(() => named, beside))) ?? {};
    const theirs = await probed();
    const same = ['reading', 'table', 'hash', 'timeouts', 'vcpus', 'kernel', 'network', 'makeup'];
    for (const fact of same as (keyof NodeFacts)[]) expect(own[fact], fact).toEqual(theirs[fact]);
    expect(theirs.counters).toMatchObject(own.counters ?? {});
    expect(own.boot?.id).toBe(theirs.boot?.id);
    expect(own.tableFull?.lines).toBe(theirs.tableFull?.lines);
    expect(own.nodeLocalDns).toEqual({ interface: true, rules: 4 });
    expect(theirs.nodeLocalDns).toMatchObject({ interface: true, rules: 4 });
  });

  it('knows uptime to the minute, and memory to a tenth of a MiB', async () => {
    const { named } = reading(await bundleFilesOf(captured));
    const own = parseAnswer(JSON.stringify(answerOf(() => named, { isBottlerocket: false }))) ?? {};
    const theirs = await probed();
    const late = (theirs.boot?.uptimeSeconds ?? 0) - (own.boot?.uptimeSeconds ?? 0);
    expect(Math.abs(late)).toBeLessThan(90);
    const more = (theirs.memory?.totalBytes ?? 0) - (own.memory?.totalBytes ?? 0);
    expect(Math.abs(more)).toBeLessThanOrEqual(0.1 * 2 ** 20);
  });

  it('is refused as it is: what was taken within a pod has the limit of its host and not its count', async () => {
    const reader = reading(await bundleFilesOf(captured));
    expect(() => readBundle(reader)).toThrow(
      /was taken in the network of a pod: .* run the collector on the host/,
    );
  });
});

describe('a bundle of a host', () => {
  it('says whose it is, who made it and what it lacks', async () => {
    const bundle = aBundle(hostOfBundle(await bundleFilesOf(captured)), '2026-11-27T17:30:00.000Z');
    expect(bundle.identity).toEqual({
      instanceId: 'i-0123456789abcdef0',
      instanceType: 'm5.large',
      region: 'us-east-1',
      cluster: 'storefront',
      autoMode: false,
    });
    expect(bundle.collector).toBe('eks-log-collector');
    expect(bundle.lacks).toEqual([
      'kube-proxy’s configuration',
      'growth within a few seconds',
      'bytes of an entry (/proc/slabinfo)',
    ]);
    const facts = parseAnswer(bundle.answer);
    expect(facts?.bundle).toEqual({
      collector: 'eks-log-collector',
      takenAt: '2026-11-27T17:30:00.000Z',
    });
    expect(facts?.network).toEqual({ host: true });
    expect(facts?.kubeProxy).toEqual({ version: '1.31.2', source: 'node' });
    expect(facts?.kubeProxyConfigState).toBe('not-visible');
  });

  it('is known by what its files hold where somebody named them otherwise', async () => {
    const files = hostOfBundle(await bundleFilesOf(captured));
    const renamed = Object.fromEntries(
      Object.values(files).map((text, at) => [`mail/attachment-${at}.txt`, text]),
    );
    const [own, theirs] = [aBundle(renamed), aBundle(files)].map(({ answer }) =>
      parseAnswer(answer),
    );
    for (const fact of ['table', 'counters', 'tableFull', 'vcpus', 'memory'] as const) {
      expect(own?.[fact]).toEqual(theirs?.[fact]);
    }
    expect(own?.makeup).toMatchObject({ listed: 192, whole: true });
  });

  it('lies in a folder of its archive, or not', async () => {
    const files = hostOfBundle(await bundleFilesOf(captured));
    const within = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`eks_i-1/${path}`, text]),
    );
    expect(aBundle(within).answer).toBe(aBundle(files).answer);
  });

  it('of a version before IPv6 was listed, with a conntrack that lists IPv4 alone, has a sample', async () => {
    const files = withoutIpv6(hostOfBundle(await bundleFilesOf(captured)));
    delete files['networking/conntrack6.txt'];
    const { answer, lacks } = aBundle(files);
    expect(parseAnswer(answer)?.makeup).toMatchObject({ listed: 191, whole: false, ipv6: 0 });
    expect(lacks).toContain('the list of IPv6 entries (conntrack -L -f ipv6)');
  });

  it('with a conntrack that lists IPv4 alone has the rest in a file of its own', async () => {
    const files = withoutIpv6(hostOfBundle(await bundleFilesOf(captured)));
    expect(parseAnswer(aBundle(files).answer)?.makeup).toMatchObject({
      listed: 192,
      whole: true,
      ipv6: 1,
    });
  });

  it('whose list was cut by its time limit has a sample of the entries', async () => {
    const files = hostOfBundle(await bundleFilesOf(captured));
    const list = files['networking/conntrack.txt'] ?? '';
    files['networking/conntrack.txt'] = list.slice(0, list.lastIndexOf('src='));
    expect(parseAnswer(aBundle(files).answer)?.makeup).toMatchObject({ listed: 191, whole: false });
  });

  it('that mixes two hosts is refused', async () => {
    const files = hostOfBundle(await bundleFilesOf(captured));
    files['kernel/uname.txt'] = 'Linux coredns-6b9575c64c-4k7zq 6.1.109 #1 SMP x86_64 GNU/Linux\n';
    expect(() => aBundle(files)).toThrow(
      "mixes two hosts: its sysctl output is of 'ip-10-0-1-23.ec2.internal', and uname of 'coredns-6b9575c64c-4k7zq'",
    );
  });

  it('that says nothing of a table is refused', () => {
    expect(() => aBundle({ 'system/top.txt': 'top - 17:00:00 up 1 min\n' })).toThrow(
      /^holds no output of sysctl or conntrack/,
    );
  });
});

/** As conntrack(8) of older versions lists them. */
function withoutIpv6(files: Record<string, string>): Record<string, string> {
  const list = files['networking/conntrack.txt'] ?? '';
  return { ...files, 'networking/conntrack.txt': list.replace(/^.*src=2001.*\n/gm, '') };
}
