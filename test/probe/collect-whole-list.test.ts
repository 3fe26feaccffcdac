import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, expectedAnswer, fixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

const BUSY = 'amazon-linux-2023-busy';
const full = (await expectedAnswer(BUSY)) as { list: object; tableFull: object };
const list = await readFile(join(fixture(BUSY), 'conntrack.txt'), 'utf8');
const [first = '', second = '', third = ''] = list.split('\n');

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-whole-list-test-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe tells of the list where these programs take the place of the usual ones. */
async function told(
  programs: Record<string, string>,
  files: Record<string, string | null> = {},
): Promise<Record<string, unknown>> {
  const bin = await installTools(await mkdtemp(join(scratch, 'bin-')));
  for (const [name, body] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  const tree = await editedFixture(scratch, BUSY, files);
  const { stdout } = await runProbe(tree, { path: [bin] });
  const answer = JSON.parse(stdout.toString()) as { list?: Record<string, unknown> };
  expect(answer).toMatchObject({ tableFull: full.tableFull });
  return answer.list ?? {};
}

/** A `conntrack` that prints this, and for IPv6 that, each followed by an exit. */
function conntrack(text: string, code: number, inet6 = '', inet6Code = 0): Record<string, string> {
  const print = (what: string) => `printf '%s' '${what}'`;
  return {
    conntrack: `case $* in *ipv6) ${print(inet6)}; exit ${inet6Code} ;; esac\n${print(text)}\nexit ${code}`,
  };
}

describe('a list that is ended in the middle of a line', () => {
  const half = `${first}\n${second}\n${third.slice(0, 60)}`;

  it.each([124, 137, 141, 143])('is a part, without that line: exit %d', async (code) => {
    expect(await told(conntrack(half, code))).toMatchObject({ read: 2, whole: false });
  });

  it('is a part where the program fails after it and /proc has a list', async () => {
    const found = await told(conntrack(half, 1), { 'proc/net/nf_conntrack': list });
    expect(found).toMatchObject({ from: 'netlink', read: 2, whole: false });
  });

  it('is a part where the list of IPv6 is ended', async () => {
    const inet6 = `${first.replace('ipv4     2', 'ipv6     10')}\nipv6     10 tcp  `;
    const found = await told(conntrack(`${first}\n`, 0, inet6, 124));
    expect(found).toMatchObject({ read: 2, ipv6: 1, whole: false });
  });

  it('is a part where /proc is read and ended', async () => {
    const cat = `case $1 in */nf_conntrack) printf '%s' '${half}'; exit 124 ;; esac\nexec /bin/cat "$@"`;
    const found = await told({ ...conntrack('', 1), cat }, { 'proc/net/nf_conntrack': list });
    expect(found).toMatchObject({ from: 'proc', read: 2, whole: false });
  });
});

describe('a list that comes to its end', () => {
  it.each([
    ['netlink', conntrack(list, 0), {}],
    ['proc', conntrack('', 1), { 'proc/net/nf_conntrack': list }],
  ])('is whole, from %s', async (from, programs, files) => {
    expect(await told(programs, files)).toEqual({ ...full.list, from });
  });

  it('is whole without a line end, and where it has no entry', async () => {
    expect(await told(conntrack(first, 0))).toMatchObject({ read: 1, whole: true });
    expect(await told(conntrack('', 0))).toMatchObject({ read: 0, whole: true });
  });

  it('skips what is no entry', async () => {
    const noise = [
      'conntrack v1.4.4 (conntrack-tools): 48 flow entries have been shown.',
      'ipv4     2 tcp      6 86390 ESTABLISHED',
      'ipv4     2 tcp      6 86390 ESTABLISHED src=10.0.1.23 dst=10.0.200.8 sport=1 dport=2',
      'ipv4     2 tcp      6 86390 ESTABLISHED src= dst= sport= dport= src= dst=',
    ];
    expect(await told(conntrack(`${noise.join('\n')}\n${list}`, 0))).toEqual(full.list);
  });
});
