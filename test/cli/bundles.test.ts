import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';
import { bundleFilesOf, hostOfBundle, writeBundle } from '../support/a-bundle.js';

const captured = fileURLToPath(
  new URL('../fixtures/bundles/eks-log-collector-0.7.9', import.meta.url),
);

let scratch: string;
let bundles: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'bundles-'));
  bundles = join(scratch, 'bundles');
  await mkdir(bundles);
  const files = await bundleFilesOf(captured);
  await pack('pod.tar.gz', files);
  await pack('eks_i-0123456789abcdef0_0.7.9.tar.gz', busy(hostOfBundle(files)));
  // No credentials, and nowhere to find any.
  for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_REGION'])
    vi.stubEnv(name, undefined);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(scratch, { recursive: true, force: true });
});

function busy(files: Record<string, string>): Record<string, string> {
  const settings = files['sysctls/sysctl_all.txt'] ?? '';
  return {
    ...files,
    'sysctls/sysctl_all.txt': settings.replace(/(nf_conntrack_count = )\d+/, '$1250000'),
  };
}

async function pack(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(scratch, 'one-'));
  await writeBundle(folder, files);
  await create({ gzip: true, file: join(bundles, name), cwd: folder }, ['.']);
}

async function command(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

describe('audit --bundles, without AWS', () => {
  it('judges what can be read, says what cannot, and is incomplete then', async () => {
    const { status, out } = await command('audit', '--bundles', bundles);
    expect(out).toContain('on 1 of 1 node read');
    expect(out).toContain('Set conntrack.min of kube-proxy to 524,288 in storefront');
    expect(out).toMatch(/bundle pod.tar.gz was taken in the network of a pod/);
    expect(out).toMatch(/1 node read from a support bundle, taken less than a minute ago/);
    expect(status).toBe(2);
  });

  it('saves a run that is judged again elsewhere, alike', async () => {
    const saved = join(scratch, 'run');
    const one = await command('audit', '--bundles', bundles, '--save', saved, '--json');
    const again = await command('report', '--from', saved, '--json');
    expect(JSON.parse(again.out)).toEqual(JSON.parse(one.out));
    expect(await readFile(join(saved, 'bundles/00000.json'), 'utf8')).toContain(
      'eks_i-0123456789abcdef0',
    );
  });

  it('fails where no bundle can be read, and where there is none', async () => {
    const empty = await mkdtemp(join(scratch, 'empty-'));
    expect((await command('audit', '--bundles', empty)).notes).toContain('holds no bundle');
    await writeFile(join(empty, 'broken.tar.gz'), 'x');
    const { status, notes } = await command('audit', '--bundles', empty);
    expect(notes).toContain('bundle broken.tar.gz is no tar archive');
    expect(status).toBe(3);
  });
});

describe('node --bundle', () => {
  const path = () => join(bundles, 'eks_i-0123456789abcdef0_0.7.9.tar.gz');

  it('judges one bundle, with plan and remedies', async () => {
    const { status, out } = await command('node', '--bundle', path());
    expect(out).toMatch(/table-pressure: critical; 250,000 of 262,144/);
    expect(out).toContain('What to do');
    expect(status).toBe(1);
    const full = await command('node', '--bundle', path(), '--full', '--node-group', 'web');
    expect(full.out).toContain('CRITICAL  storefront / web  table-pressure');
    expect(full.out).toContain('ready to apply: conntrack-auditor fix shorten-timeouts');
  });

  it('takes the word of its caller on kube-proxy, and of its bundle on the rest', async () => {
    const args = ['--json', '--kube-proxy', '1.29', '--cluster', 'other', '--type', 'c5.large'];
    const { out } = await command('node', '--bundle', path(), ...args);
    const { facts } = JSON.parse(out) as { readonly facts: Record<string, unknown> };
    expect(facts['kubeProxy']).toEqual({ version: '1.29', source: 'given' });
    expect(facts['shape']).toMatchObject({ instanceType: 'm5.large' });
  });

  it('compares two readings that it remembers', async () => {
    const ledger = join(scratch, 'ledger');
    const first = await command('node', '--bundle', path(), '--ledger', ledger);
    expect(first.notes).toContain('first audit in this ledger');
    const again = await command('node', '--bundle', path(), '--ledger', ledger);
    expect(again.notes).toContain('since the last audit: ');
    // The same bundle is the same reading: nothing has grown, and nothing is over.
    expect(again.notes).not.toContain('resolved');
  });

  it('says in one line what is wrong with a bundle', async () => {
    const { status, notes } = await command('node', '--bundle', join(bundles, 'pod.tar.gz'));
    expect(notes.trim().split('\n')).toHaveLength(1);
    expect(notes).toContain('run the collector on the host');
    expect(status).toBe(3);
    const watched = await command('node', '--bundle', path(), '--watch', '1m');
    expect(watched.notes).toContain('a bundle stays as it is');
  });
});
