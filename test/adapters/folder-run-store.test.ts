import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { runStoreContract } from './run-store.contract.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
});

afterEach(() => rm(folder, { recursive: true }));

runStoreContract('FolderRunStore', () => FolderRunStore.create(join(folder, 'of', 'one-run')));

describe('FolderRunStore', () => {
  it('is found at the absolute path of its folder', async () => {
    expect((await FolderRunStore.create(folder)).location).toBe(folder);
  });

  it('writes JSON in one line, and leaves nothing else behind', async () => {
    const store = await FolderRunStore.create(folder);
    await store.put('run.json', { nodes: [] });
    expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe('{"nodes":[]}\n');
    expect(await readdir(folder)).toEqual(['run.json']);
  });

  it('does not take what a crash left half written for a key', async () => {
    const store = await FolderRunStore.create(folder);
    await writeFile(join(folder, '.0f.tmp'), '{"no');
    expect(await store.keys('')).toEqual([]);
  });

  it('leaves no half-written file when a key cannot be put in place', async () => {
    const store = await FolderRunStore.create(folder);
    await store.put('answers/a.json', 1);
    await expect(store.put('answers', 1)).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['answers']);
  });

  it('fails when the folder of a new run already holds one', async () => {
    await (await FolderRunStore.create(folder)).put('run.json', {});
    await expect(FolderRunStore.create(folder)).rejects.toThrow(
      `'${folder}' already holds a run (run.json): name a new folder`,
    );
  });

  it('opens a run to read it and not to write it', async () => {
    await (await FolderRunStore.create(folder)).put('run.json', { nodes: [] });
    const store = await FolderRunStore.open(folder);
    expect(await store.get('run.json')).toEqual({ nodes: [] });
    await expect(store.put('run.json', {})).rejects.toThrow('was opened for reading');
    expect(await store.get('run.json')).toEqual({ nodes: [] });
  });

  it.each(['', 'not-there'])('fails when it should open %j, where no run is', async (name) => {
    await expect(FolderRunStore.open(join(folder, name))).rejects.toThrow(
      'holds no run: it has no run.json',
    );
  });
});

describe('a run that is discarded', () => {
  it('is gone with the folders that were made for it', async () => {
    const store = await FolderRunStore.create(join(folder, 'of', 'one-run'));
    await store.put('run.json', {});
    await store.put('answers/1.json', {});
    await store.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes nothing with it that it did not write', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const store = await FolderRunStore.create(folder);
    await store.put('run.json', {});
    await store.put('a/b/1.json', {});
    await store.put('kept/1.json', {});
    await writeFile(join(folder, 'kept', 'mine.txt'), 'mine');
    await store.discard();
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'kept',
      join('kept', 'mine.txt'),
      'notes.txt',
    ]);
  });

  it('takes what is being written with it, and takes nothing more', async () => {
    const store = await FolderRunStore.create(join(folder, 'run'));
    const writing = store.put('run.json', { long: 'x'.repeat(1_000_000) });
    await store.discard();
    await writing;
    await expect(store.put('fleet.json', {})).rejects.toThrow('was discarded');
    expect(await readdir(folder)).toEqual([]);
  });
});
