import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  const captured = join(repository, 'test/fixtures/bundles/eks-log-collector-0.7.9/bundle');
  await cp(captured, join(folder, 'node-1'), { recursive: true });
  const settings = join(folder, 'node-1/sysctls/sysctl_all.txt');
  await writeFile(settings, `${await readFile(settings, 'utf8')}net.nf_conntrack_max = 262144\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('audits bundles in a network namespace without any interface, and with no credentials', async () => {
  const environment = [`PATH=${process.env['PATH'] ?? ''}`, 'HOME=/nonexistent'];
  const program = ['node', '--import', 'tsx', 'bin/conntrack-auditor.ts'];
  const audit = ['audit', '--bundles', folder, '--json'];
  const said = await promisify(execFile)(
    'unshare',
    ['--net', 'env', '-i', ...environment, ...program, ...audit],
    { cwd: repository },
  ).catch((error: unknown) => error as { readonly stdout: string });
  expect(JSON.parse(said.stdout)).toMatchObject({ nodes: { discovered: 1, read: 1, silent: 0 } });
});
