import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
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

/** A node that is asked, and what it answers. */
interface Asked {
  readonly instanceId: string;
  readonly nodeGroup?: string;
  readonly entries: number;
  readonly max: number;
  readonly os: string;
}

const hot: Asked = { instanceId: 'i-hot', entries: 250_000, max: 262_144, os: 'bottlerocket' };

/** A saved run of these nodes; of one Bottlerocket node whose table is nearly full, else. */
async function savedRun(asked: readonly Asked[] = [hot]): Promise<string> {
  const saved = join(folder, 'run');
  const fleet = aFleet(
    asked.map(({ instanceId, nodeGroup = 'workers' }) => {
      return aNode({}, { instanceId, nodeGroup }).node;
    }),
  );
  const clusters = [
    { name: 'example', kubeProxyVersion: '1.31.2', dnsAddress: '10.100.0.10', proxyMode: 'ipvs' },
  ] as const;
  const answers = asked.map(({ instanceId, entries, max, os }) => {
    const text = JSON.stringify({ v: 1, entries, max, os: { id: os, version: '1' } });
    return [instanceId, { instanceId, status: 'answered', text }] as const;
  });
  const ids = asked.map(({ instanceId }) => instanceId);
  const probe = new FakeProbe(ids, Object.fromEntries(answers));
  const { deps, orchestrator } = fakeAudit({ ...fleet, clusters }, probe);
  await auditFleet({ ...deps, store: await FolderRunStore.create(saved) }, orchestrator, 'run-1');
  return saved;
}

/** The names of the files that it prints, and what the one for the nodes holds. */
async function filesOf(...args: string[]) {
  const { status, out } = await fix(...args, '--json');
  expect(status).toBe(0);
  const files = JSON.parse(out) as { file: string; path: string; text: string }[];
  const userData = files.find(({ file }) => file.startsWith('user-data'));
  return { names: files.map(({ file }) => file), userData, files };
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
    expect(out).toContain('==> 1-recommended/node-local-dns.yaml\n');
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
    const { userData } = await filesOf('table-pressure', '--from', await savedRun());
    expect(userData?.file).toBe('user-data.toml');
    expect(userData?.text).toContain('"524288"');
  });

  it('fills in a finding of several nodes with the worst of them, wherever it was asked', async () => {
    const calmer: Asked = { instanceId: 'i-first', entries: 100_000, max: 131_072, os: 'amzn' };
    const from = await savedRun([calmer, hot, { ...calmer, instanceId: 'i-last' }]);
    const { userData } = await filesOf('table-pressure', '--from', from);
    expect(userData?.file).toBe('user-data.toml');
    expect(userData?.text).toContain('"524288"');
  });

  it('takes the worst finding of a rule, and any other by its full name', async () => {
    const batch = { instanceId: 'i-batch', nodeGroup: 'batch', os: 'amzn' };
    const from = await savedRun([{ ...batch, entries: 100_000, max: 131_072 }, hot]);
    const worst = await filesOf('table-pressure', '--from', from);
    expect(worst.userData?.text).toContain('"524288"');
    const other = await filesOf('table-pressure/example/batch', '--from', from);
    expect(other.names).not.toContain('user-data.toml');
    expect(other.userData?.text).toContain('262144');
    const named = await filesOf('table-pressure/example/workers', '--from', from);
    expect(named).toEqual(worst);
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

  it('writes what is recommended, alternatives and stop-gaps apart, with an index', async () => {
    const output = join(folder, 'out');
    const { status, notes } = await fix('raise-limit', '--limit', '524288', '-o', output);
    expect(status).toBe(0);
    expect((await readdir(output, { recursive: true })).sort()).toEqual([
      '1-recommended',
      '1-recommended/raise-limit.sh',
      '1-recommended/terraform-raise-limit',
      '1-recommended/terraform-raise-limit/main.tf',
      'README.md',
      'alternatives',
      'alternatives/ec2-node-class.yaml',
      'alternatives/kube-proxy-config-in-git.md',
      'alternatives/leave-limit-alone.sh',
      'alternatives/terraform-ec2-node-class',
      'alternatives/terraform-ec2-node-class/main.tf',
      'alternatives/terraform-leave-limit-alone',
      'alternatives/terraform-leave-limit-alone/main.tf',
      'alternatives/terraform-user-data',
      'alternatives/terraform-user-data/main.tf',
      'alternatives/user-data.mime',
      'stop-gaps',
      'stop-gaps/conntrack-limit-daemonset.yaml',
    ]);
    expect(notes).toContain(`wrote ${join(output, '1-recommended/raise-limit.sh')}\n`);
    const index = await readFile(join(output, 'README.md'), 'utf8');
    expect(index).toContain('[stop-gaps/conntrack-limit-daemonset.yaml]');
    expect(index).toContain('for those who use Terraform: one of the two, never both');
    expect(index.indexOf('## Recommended')).toBeLessThan(index.indexOf('## Alternatives'));
  });

  it('writes nothing where one of the files is there already, and names it', async () => {
    const output = join(folder, 'out');
    const there = join(output, 'stop-gaps', 'conntrack-limit-daemonset.yaml');
    await mkdir(join(output, 'stop-gaps'), { recursive: true });
    await writeFile(there, 'mine');
    const { status, notes } = await fix('raise-limit', '--limit', '524288', '-o', output);
    expect(status).toBe(3);
    expect(notes).toContain(`nothing is written, as there is already: ${there}`);
    expect(await readdir(output, { recursive: true })).toHaveLength(2);
    expect(await readFile(there, 'utf8')).toBe('mine');
  });

  it('takes back what it wrote where the rest cannot be written', async () => {
    const output = join(folder, 'out');
    await mkdir(output);
    await writeFile(join(output, 'alternatives'), 'a file where a folder is wanted');
    const { status } = await fix('raise-limit', '--limit', '524288', '-o', output);
    expect(status).toBe(3);
    const left = await readdir(join(output, '1-recommended'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('prints a runbook for a remedy that comes as steps', async () => {
    const { status, out } = await fix('spread-coredns');
    expect(status).toBe(0);
    expect(out).toContain('==> 1-recommended/spread-coredns.md\n');
    expect(out).toContain('## How to undo it');
  });

  it('names the cluster and the Region of the run in a script', async () => {
    const { files } = await filesOf('table-pressure', '--from', await savedRun());
    const script = files.find(({ file }) => file === 'raise-limit.sh')?.text ?? '';
    expect(script).toMatch(/ {2}example \| arn:\*:eks:[a-z0-9-]+:\*:cluster\/example \|/);
    expect(script).toContain('--set conntrack.min=524288 ');
  });

  it('joins the options that pods have with the one that is new', async () => {
    const { files } = await filesOf('dns-over-tcp', '--dns-options', 'ndots:2,rotate');
    const { text = '' } = files[0] ?? {};
    expect(parse(text)).toHaveProperty('spec.template.spec.dnsConfig.options', [
      { name: 'ndots', value: '2' },
      { name: 'rotate' },
      { name: 'use-vc' },
    ]);
    const again = await filesOf('lower-ndots', '--dns-options', 'ndots:5,rotate');
    expect(parse(again.files[0]?.text ?? '')).toHaveProperty(
      'spec.template.spec.dnsConfig.options',
      [{ name: 'rotate' }, { name: 'ndots', value: '2' }],
    );
    expect((await fix('lower-ndots', '--dns-options', 'ndots=2')).notes).toContain("got 'ndots=2'");
  });
});
