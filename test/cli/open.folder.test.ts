import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { run } from '../../lib/cli/program.js';
import { demoFiles } from '../support/demo-run.js';
import { aTerminal } from '../support/a-terminal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-'));
});

async function open(named: string) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['open', named], terminal);
  return { status, out: out().trim(), notes: notes() };
}

it('writes the page of a saved run that has none, and prints where it is', async () => {
  const store = await FolderRunStore.create(join(folder, 'run'));
  for (const [key, value] of Object.entries(demoFiles())) await store.put(key, value);
  const page = join(folder, 'run', 'report.html');
  expect(await open(join(folder, 'run'))).toEqual({ status: 0, out: page, notes: '' });
  expect(await readFile(page, 'utf8')).toMatch(/<h1>4 critical, all in storefront/);
});

it('leaves the page of the audit as it is', async () => {
  const page = join(folder, 'report.html');
  await writeFile(page, 'as it was');
  expect((await open(folder)).out).toBe(page);
  expect(await readFile(page, 'utf8')).toBe('as it was');
});

it('fails where there is no run, and where there is no folder', async () => {
  const empty = await open(folder);
  expect(empty).toEqual({
    status: 3,
    out: '',
    notes: `error: '${folder}' holds no run: it has no run.json\n`,
  });
  expect((await open(join(folder, 'x'))).notes).toContain(`'${join(folder, 'x')}' is no folder`);
});
