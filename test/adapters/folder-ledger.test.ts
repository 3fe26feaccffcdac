import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLedger } from '../../lib/adapters/folder-ledger.js';
import { ledgerStoreContract } from './ledger-store.contract.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});

afterEach(() => rm(folder, { recursive: true }));

ledgerStoreContract('FolderLedger', () => {
  const open = () => new FolderLedger(join(folder, 'of', 'one'));
  const lookUp = (place: string) => readFile(place, 'utf8');
  return Promise.resolve({ store: open(), another: open, lookUp });
});

/** Counts the ledger up in a process of its own. */
function countUp(name: string, times: number) {
  const script = fileURLToPath(new URL('../support/count-in-ledger.ts', import.meta.url));
  const run = promisify(execFile);
  return run(process.execPath, ['--import', 'tsx', script, folder, name, String(times)]);
}

describe('FolderLedger', () => {
  it('leaves the ledger in its folder, and nothing else', async () => {
    const ledger = new FolderLedger(folder);
    await ledger.write('{}', undefined);
    expect(await readdir(folder)).toEqual(['ledger.json']);
    expect(await readFile(join(folder, 'ledger.json'), 'utf8')).toBe('{}');
    expect(await ledger.setAside('damaged.json', 'x')).toBe(
      join(folder, 'set-aside', 'damaged.json'),
    );
    expect(await readdir(join(folder, 'set-aside'))).toEqual(['damaged.json']);
  });

  it('sees a change that somebody made by hand', async () => {
    const ledger = new FolderLedger(folder);
    await ledger.write('{}', undefined);
    const read = await ledger.read();
    await writeFile(join(folder, 'ledger.json'), '{ }');
    expect(await ledger.write('{"mine":1}', read?.version)).toBe('conflict');
  });

  it('writes in a folder where an audit died under the lock', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(join(folder, 'ledger.lock'), `${pid} ${hostname()} left`);
    expect(await new FolderLedger(folder).write('{}', undefined)).toBe('written');
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('writes nothing once another has taken its lock over', async () => {
    const ledger = new FolderLedger(folder, (_file, work) => work(() => Promise.resolve(false)));
    expect(await ledger.write('{}', undefined)).toBe('conflict');
    expect(await readdir(folder)).toEqual([]);
  });

  it('fails when the folder cannot be one, and leaves the lock to nobody', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(new FolderLedger(join(folder, 'file')).write('{}', undefined)).rejects.toThrow();
    await mkdir(join(folder, 'ledger.json'));
    await expect(new FolderLedger(folder).write('{}', undefined)).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['file', 'ledger.json']);
  });

  it('loses no write of two processes that write at the same time', async () => {
    await Promise.all([countUp('one', 40), countUp('two', 40)]);
    const { text } = (await new FolderLedger(folder).read()) ?? {};
    expect(text).toMatch(/^80 (one|two)$/);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });
});
