import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBE_VERSION } from '../../lib/probe/version.js';
import {
  PROBE,
  contents,
  editedFixture,
  expectedAnswer,
  fixture,
  fixtureNames,
  runProbe,
} from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';
import type { ProbeRun } from '../support/probe.js';

interface Answer {
  readonly stat?: Record<string, number>;
  readonly tableFull?: { readonly lines: number; readonly lastUptime?: number };
}

const names = await fixtureNames();
let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-test-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

function answerOf({ stdout }: ProbeRun): Answer {
  return JSON.parse(stdout.toString()) as Answer;
}

async function probe(tree: string): Promise<Answer> {
  return answerOf(await runProbe(tree, { path: [bin] }));
}

/** Most tests start from a node of Amazon Linux 2 and break one thing. */
function edited(files: Record<string, string | null>): Promise<string> {
  return editedFixture(scratch, 'amazon-linux-2-linux-5.10', files);
}

describe('the probe on each fixture', () => {
  it.each(names)('answers exactly what is expected: %s', async (name) => {
    expect(await probe(fixture(name))).toEqual(await expectedAnswer(name));
  });

  it.each(names)('prints one line of at most 2,400 bytes and no error: %s', async (name) => {
    const run = await runProbe(fixture(name), { path: [bin] });
    const text = run.stdout.toString('latin1');

    expect(run.code).toBe(0);
    expect(run.stderr.toString()).toBe('');
    expect(run.stdout.length).toBeLessThanOrEqual(2400);
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
  });

  it('says for every fixture where it comes from', async () => {
    for (const name of names) {
      const about = await readFile(join(fixture(name), 'about.md'), 'utf8');
      expect(about, name).toMatch(/Captured with capture\.sh|Made by hand/);
    }
  });
});

describe('the probe', () => {
  it('answers on the machine that runs this test', async () => {
    const run = await runProbe('');
    expect(run).toMatchObject({ code: 0, stderr: Buffer.alloc(0) });
    expect(answerOf(run)).toMatchObject({ v: 1 });
  });

  it('writes no file: not in the tree, the working directory, or beside its tools', async () => {
    const tree = await edited({});
    const before = await contents(scratch);
    await runProbe(tree, { path: [bin], cwd: tree });
    expect(await contents(scratch)).toEqual(before);
  });

  it('holds no two braces in a row, which would be a parameter in an SSM document', async () => {
    expect(await readFile(PROBE, 'utf8')).not.toMatch(/\{\{|\}\}/);
  });

  it('still answers where neither awk nor any other tool exists', async () => {
    const empty = join(scratch, 'no-tools');
    await mkdir(empty);
    const run = await runProbe('', { shell: ['/bin/sh'], onlyPath: empty });
    expect(run).toEqual({
      stdout: Buffer.from(`{"v":1,"probe":"${PROBE_VERSION}"}\n`),
      stderr: Buffer.alloc(0),
      code: 0,
    });
  });

  it('reads a root whose path holds spaces and quotes', async () => {
    const tree = join(scratch, 'a "root" with \\ it\'s spaces');
    await symlink(fixture('amazon-linux-2-linux-5.10'), tree);
    expect(await probe(tree)).toEqual(await expectedAnswer('amazon-linux-2-linux-5.10'));
  });
});

describe('the kernel log', () => {
  const full = 'table full, dropping packet';

  it.each([
    ['the wording of Linux 2.6', `[    1.500000] ip_conntrack: ${full}.`, 1.5],
    ['the wording with one prefix', `[    1.500000] nf_conntrack: ${full}`, 1.5],
    ['the wording with two prefixes', `[    1.500000] nf_conntrack: nf_conntrack: ${full}`, 1.5],
    ['a raw line with its priority', `<4>[    1.500000] nf_conntrack: ${full}`, 1.5],
    ['a time without padding', `[123456.500000] nf_conntrack: ${full}`, 123456.5],
  ])('counts %s', async (_, line, lastUptime) => {
    const tree = await edited({ 'dmesg.txt': `${line}\n` });
    expect((await probe(tree)).tableFull).toEqual({ lines: 1, lastUptime });
  });

  it.each([
    ['another module', `[    1.500000] xt_conntrack: ${full}`],
    ['another message', '[    1.500000] nf_conntrack: expectation table full'],
    ['the message of another table', `[    1.500000] arp_cache: neighbour ${full}`],
    [
      'another network namespace',
      '[    1.500000] nf_conntrack: table full in netns 4026532999, dropping packet',
    ],
  ])('does not count %s', async (_, line) => {
    const tree = await edited({ 'dmesg.txt': `${line}\n` });
    expect((await probe(tree)).tableFull).toEqual({ lines: 0 });
  });

  it('counts a line that names the namespace of the probe', async () => {
    const line = '[    1.500000] nf_conntrack: table full in netns 4026531840, dropping packet';
    const tree = await edited({ 'dmesg.txt': `${line}\n` });
    expect((await probe(tree)).tableFull).toEqual({ lines: 1, named: 1, lastUptime: 1.5 });
  });

  it.each([
    ['a program', `<30>[    1.500000] nf_conntrack: nf_conntrack: ${full}`],
    ['a program, in its own words', `<30>[    1.500000] alertd[71]: nf_conntrack: ${full}`],
    ['a program, by name', `user  :notice: [    1.500000] nf_conntrack: ${full}`],
    ['another part of the kernel', `<4>[    1.500000] IN=eth0 nf_conntrack: ${full}`],
  ])('does not count what %s wrote to it', async (_, line) => {
    for (const busybox of [{}, { 'dmesg-of-busybox': '' }]) {
      const log = `${line}\n[    1.250000] nf_conntrack: ${full}\n`;
      const tree = await edited({ 'dmesg.txt': log, ...busybox });
      expect((await probe(tree)).tableFull).toEqual({ lines: 1, lastUptime: 1.25 });
    }
  });

  it('counts a line that names its caller', async () => {
    const tree = await edited({ 'dmesg.txt': `<4>[    1.500000][  T123] nf_conntrack: ${full}\n` });
    expect((await probe(tree)).tableFull).toEqual({ lines: 1, lastUptime: 1.5 });
  });

  it('takes the time of the last line, and none when that line has none', async () => {
    const log = `[    1.500000] nf_conntrack: ${full}\n[    9.250000] nf_conntrack: ${full}\n`;
    const dated = await edited({ 'dmesg.txt': log });
    expect((await probe(dated)).tableFull).toEqual({ lines: 2, lastUptime: 9.25 });

    const undated = await edited({
      'dmesg.txt': `${log}nf_conntrack: ${full}\n`,
    });
    expect((await probe(undated)).tableFull).toEqual({ lines: 3 });
  });

  it('is absent, not clean, when reading it is refused', async () => {
    const clean = await edited({ 'dmesg.txt': '' });
    expect((await probe(clean)).tableFull).toEqual({ lines: 0 });

    const refused = await edited({ 'dmesg.txt': null });
    expect(await probe(refused)).not.toHaveProperty('tableFull');
  });

  it('is absent when dmesg fails after it printed something', async () => {
    const folder = join(scratch, 'half-way');
    await mkdir(folder);
    const script = `#!/bin/sh\necho 'nf_conntrack: ${full}'\necho 'exit 0'\nexit 1\n`;
    await writeFile(join(folder, 'dmesg'), script, { mode: 0o755 });
    const run = await runProbe(fixture('amazon-linux-2-linux-5.10'), { path: [folder] });
    expect(answerOf(run)).not.toHaveProperty('tableFull');
  });

  it('counts a last line that has no line end', async () => {
    const tree = await edited({
      'dmesg.txt': `nf_conntrack: ${full}`,
    });
    expect((await probe(tree)).tableFull).toEqual({ lines: 1 });
  });
});

describe('the counters', () => {
  const path = 'proc/net/stat/nf_conntrack';
  const stat = async (text: string) => (await probe(await edited({ [path]: text }))).stat;

  it('are absent when the kernel has no such file', async () => {
    const tree = await edited({ [path]: null });
    expect(await probe(tree)).not.toHaveProperty('stat');
  });

  it('are absent when a row does not fit the header', async () => {
    expect(await stat('entries drop\n00000001 00000002\n00000001\n')).toBeUndefined();
    expect(await stat('entries drop\n00000001 00000002 00000003\n')).toBeUndefined();
  });

  it('are absent when there is a header and no row', async () => {
    expect(await stat('entries drop\n')).toBeUndefined();
  });

  it('leave out a column with a value that is not hexadecimal', async () => {
    const text = 'entries drop found\n01 0a zz\n01 0b 01\n';
    expect(await stat(text)).toEqual({ drop: 21 });
  });

  it('add up more than 32 bits without an exponent', async () => {
    const rows = '00000001 ffffffff\n'.repeat(512);
    const tree = await edited({ [path]: `entries drop\n${rows}` });
    const { stdout } = await runProbe(tree, { path: [bin] });
    expect(stdout.toString()).toContain(`"drop":${0xffffffff * 512}`);
  });
});
