import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { run } from '../../lib/cli/program.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { aFleet, aNode } from '../support/a-node.js';
import { aTerminal } from '../support/a-terminal.js';
import { fakeAudit, FakeProbe } from '../support/fakes.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fix-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function fix(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['fix', ...args], terminal);
  return { status, out: out(), notes: notes() };
}

/** A saved run of a Bottlerocket node whose table is nearly full. */
async function savedRun(): Promise<string> {
  const saved = join(folder, 'run');
  const { node } = aNode({}, { instanceId: 'i-hot' });
  const fleet = aFleet([node]);
  const clusters = [
    { name: 'example', kubeProxyVersion: '1.31.2', dnsAddress: '10.100.0.10', proxyMode: 'ipvs' },
  ] as const;
  const answer = { v: 1, entries: 250_000, max: 262_144, os: { id: 'bottlerocket', version: '1' } };
  const probe = new FakeProbe(['i-hot'], {
    'i-hot': { instanceId: 'i-hot', status: 'answered', text: JSON.stringify(answer) },
  });
  const { deps, orchestrator } = fakeAudit({ ...fleet, clusters }, probe);
  await auditFleet({ ...deps, store: await FolderRunStore.create(saved) }, orchestrator, 'run-1');
  return saved;
}

describe('fix', () => {
  it('prints the files of a remedy, filled in with what it is told', async () => {
    const { status, out } = await fix(
      'node-local-dns-cache',
      '--dns-address',
      '172.20.0.10',
      '--domain',
      'k8s.example',
    );
    expect(status).toBe(0);
    expect(out).toContain('==> node-local-dns.yaml\n');
    expect(out).toContain('k8s.example:53 {');
  });

  it.each([
    { args: ['node-local-dns-cache'], wrong: 'node-local-dns-cache needs --dns-address' },
    { args: ['raise-limit'], wrong: 'raise-limit needs --limit' },
    { args: ['table-pressure'], wrong: 'a finding needs --from' },
    { args: ['raise-limit', '--limit', '0'], wrong: "'0'" },
    { args: ['node-local-dns-cache', '--dns-address', '172.20'], wrong: "got '172.20'" },
  ])('fails on $args, and says what is missing', async ({ args, wrong }) => {
    const { status, out, notes } = await fix(...args);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(wrong);
  });

  it('fills in a finding of a saved run with its node and its cluster', async () => {
    const from = await savedRun();
    const { out } = await fix('table-pressure', '--from', from, '--json');
    const files = JSON.parse(out) as { file: string; text: string }[];
    expect(files.map(({ file }) => file)).toContain('user-data.toml');
    expect(files.find(({ file }) => file === 'user-data.toml')?.text).toContain('"524288"');
  });

  it('fills in a remedy with what a saved run says of the cluster', async () => {
    const { out } = await fix('node-local-dns-cache', '--from', await savedRun());
    expect(out).toContain('the DNS address 10.100.0.10');
    expect(out).toContain('ipvs mode');
  });

  it('names the findings of the run where it has not the one that is asked for', async () => {
    const { status, notes } = await fix('table-drops', '--from', await savedRun());
    expect(status).toBe(3);
    expect(notes).toContain(
      "the run has no finding 'table-drops'; it has: table-pressure/example/workers",
    );
  });

  it('writes one file for each, and never over one that is there', async () => {
    const output = join(folder, 'out');
    expect((await fix('lower-ndots', '-o', output)).notes).toContain('wrote');
    expect(await readdir(output)).toEqual(['ndots-patch.yaml']);
    const before = await readFile(join(output, 'ndots-patch.yaml'), 'utf8');
    const again = await fix('lower-ndots', '-o', output);
    expect(again.status).toBe(3);
    expect(again.notes).toContain('EEXIST');
    expect(await readFile(join(output, 'ndots-patch.yaml'), 'utf8')).toBe(before);
  });
});
