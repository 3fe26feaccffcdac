import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitNames } from '../../../lib/core/bundle/entry-ages.js';
import { EntryList } from '../../../lib/core/bundle/entry-list.js';
import { parseEntry } from '../../../lib/core/bundle/entry.js';
import { Owners, takeAllocations } from '../../../lib/core/bundle/owners.js';
import { parseMakeup } from '../../../lib/core/node/parse/makeup.js';
import { expectedAnswer, fixture } from '../../support/probe.js';

/** The list of a fixture as the probe's awk counts it, and as it is counted here. */
async function counted(name: string) {
  const tree = fixture(name);
  const told = (await expectedAnswer(name)) as {
    readonly timeouts: Readonly<Record<string, number>>;
  };
  const owners = new Owners();
  await addAddresses(owners, tree);
  const limits = Object.fromEntries(
    Object.entries(limitNames).flatMap(([state, sysctl]) => {
      const seconds = told.timeouts[sysctl];
      return seconds === undefined ? [] : [[state, seconds]];
    }),
  );
  const list = new EntryList({ owners, limits });
  for (const file of ['conntrack.txt', 'conntrack-inet6.txt']) {
    for (const line of (await textOf(join(tree, file))).split('\n')) list.add(line);
  }
  return { theirs: parseMakeup({ ...told }), own: parseMakeup({ ...told, list: list.told(true) }) };
}

async function addAddresses(owners: Owners, tree: string): Promise<void> {
  const trie = await textOf(join(tree, 'proc/net/fib_trie'));
  for (const [, address = ''] of trie.matchAll(/\|-- (\S+)\n +\/32 host LOCAL/g)) {
    owners.add(address, 'host');
  }
  for (const line of (await textOf(join(tree, 'proc/net/if_inet6'))).split('\n')) {
    const hex = line.split(' ', 1)[0] ?? '';
    if (hex !== '') owners.add(hex.replace(/(.{4})(?=.)/g, '$1:'), 'host');
  }
  for (const name of await readdir(join(tree, 'var/run/aws-node')).catch(() => [])) {
    takeAllocations(owners, await textOf(join(tree, 'var/run/aws-node', name)));
  }
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

describe('a list of entries', () => {
  it.each([
    'amazon-linux-2-linux-5.10',
    'amazon-linux-2023-busy',
    'amazon-linux-2023-linux-6.12',
    'routed-pods-linux-6.18',
  ])('is counted as the probe counts it: %s', async (name) => {
    const { own, theirs } = await counted(name);
    expect(theirs?.listed).toBeGreaterThan(0);
    expect({ ...own, whole: true, unanswered: own?.unanswered }).toEqual({
      ...theirs,
      whole: true,
    });
  });
});

describe('an entry', () => {
  const flow =
    'src=10.0.0.1 dst=10.0.0.2 sport=40000 dport=53 src=10.0.0.2 dst=10.0.0.1 sport=53 dport=40000';

  it.each([
    [`udp      17 29 ${flow} mark=0 use=1`, { proto: 'udp', left: 29, port: '53' }],
    [`ipv4     2 udp      17 29 ${flow}`, { proto: 'udp', left: 29, port: '53' }],
    [
      `tcp      6 431999 ESTABLISHED ${flow} [ASSURED] use=1`,
      { state: 'ESTABLISHED', isAssured: true },
    ],
    [
      `tcp      6 ${flow} [OFFLOAD] mark=0`,
      { proto: 'tcp', source: '10.0.0.1', reply: '10.0.0.2' },
    ],
    [
      'icmp     1 29 src=1.1.1.1 dst=2.2.2.2 type=8 code=0 id=1 src=2.2.2.2 dst=1.1.1.1',
      { proto: 'icmp' },
    ],
    [
      'unknown  2 599 src=1.1.1.1 dst=2.2.2.2 [UNREPLIED] src=2.2.2.2 dst=1.1.1.1',
      { isUnreplied: true },
    ],
    [
      'tcp      6 9 CLOSE src=::1 dst=::1 sport=1 dport=2 src=::1 dst=::1',
      { isIpv6: true, port: '2' },
    ],
  ])('is read: %s', (line, told) => {
    expect(parseEntry(line)).toMatchObject(told);
  });

  it.each([
    'conntrack v1.4.7 (conntrack-tools): 192 flow entries have been shown.',
    'tcp      6 431999 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=4',
    '*** Output of conntrack -L ***',
    'src=1.1.1.1 src=2.2.2.2',
    '',
  ])('is none: %s', (line) => {
    expect(parseEntry(line)).toBeUndefined();
  });
});
