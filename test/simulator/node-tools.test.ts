import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNodeTools } from '../../lib/simulator/node-tools.js';
import { nodeEnvironment } from '../../lib/simulator/node-tree.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'node-tools-test-'));
  tools = join(scratch, 'tools');
  await writeNodeTools(tools);
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** Runs a command line on a tree that holds these files, and says how it ended. */
async function shell(line: string, files: Readonly<Record<string, string>> = {}) {
  const root = await mkdtemp(join(scratch, 'node-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const script = `${line} 2>&1; echo "exit $?"`;
  return (await promisify(execFile)('sh', ['-c', script], { env: nodeEnvironment(root, tools) }))
    .stdout;
}

describe('the tools of simulated nodes', () => {
  it('shadow those of this machine', async () => {
    expect((await readdir(tools)).sort()).toEqual([
      'conntrack',
      'dmesg',
      'ethtool',
      'ip6tables-legacy-save',
      'ip6tables-nft-save',
      'ip6tables-save',
      'iptables-legacy-save',
      'iptables-nft-save',
      'iptables-save',
      'nft',
    ]);
    for (const name of await readdir(tools)) {
      expect(await shell(`command -v ${name}`)).toBe(`${join(tools, name)}\nexit 0\n`);
    }
  });

  it('print the log of the node, and may not read it where there is none', async () => {
    expect(await shell('dmesg -x', { 'kernel.log': '[1.0] hello\n' })).toBe(
      'kern  :warn  : [1.0] hello\nexit 0\n',
    );
    expect(await shell('dmesg -x', { 'kernel.log': '' })).toBe('exit 0\n');
    expect(await shell('dmesg --help')).toContain('--decode');
    expect(await shell('dmesg', { 'kernel.log': '' })).toContain('exit 2\n');
    expect(await shell('dmesg -x')).toBe(
      'dmesg: read kernel buffer failed: Operation not permitted\nexit 1\n',
    );
  });

  it('print the statistics of an interface, of now and of later', async () => {
    const files = { 'ethtool/ens5': 'now\n', 'later/ethtool/ens5': 'later\n' };
    expect(await shell('ethtool -S ens5', files)).toBe('now\nexit 0\n');
    expect(await shell('CONNTRACK_PROBE_WHEN=later ethtool -S ens5', files)).toBe(
      'later\nexit 0\n',
    );
    expect(await shell('ethtool -S ens6', files)).toBe('no stats available\nexit 94\n');
    expect(await shell('ethtool ens5', files)).toContain('exit 1\n');
    expect(await shell('ethtool -S ens5')).toBe('ethtool: not found\nexit 127\n');
  });

  it('print the raw table with its counters, and their own version', async () => {
    const files = { 'iptables-save.raw': '*raw\nCOMMIT\n' };
    expect(await shell('iptables-save -t raw -c', files)).toBe('*raw\nCOMMIT\nexit 0\n');
    expect(await shell('iptables-save --version', files)).toBe(
      'iptables-save v1.8.8 (nf_tables)\nexit 0\n',
    );
    expect(await shell('iptables-save', files)).toContain('exit 2\n');
    expect(await shell('iptables-save --version')).toBe('iptables-save: not found\nexit 127\n');
    expect(await shell('ip6tables-save -t raw -c', files)).toBe('exit 0\n');
    expect(await shell('ip6tables-save --version')).toBe('ip6tables-save: not found\nexit 127\n');
    expect(await shell('nft list table ip raw', files)).toBe('exit 127\n');
  });
});
