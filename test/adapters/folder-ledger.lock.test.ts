import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { takeOver, whileLocked } from '../../lib/adapters/folder-ledger.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(folder, 'a.lock');
});

afterEach(() => rm(folder, { recursive: true }));

/** The number of a process that has ended. */
const gone = spawnSync(process.execPath, ['--version']).pid;

/** Leaves a lock there, as a process would that had made it so many seconds ago. */
async function leave(text: string, secondsAgo = 0): Promise<void> {
  await writeFile(file, text);
  const at = new Date(Date.now() - secondsAgo * 1_000);
  await utimes(file, at, at);
}

/** Stops the clock, so that a lock is as old as it was made, however long a test takes. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T08:00:00.000Z') });
  onTestFinished(() => void vi.useRealTimers());
}

const done = () => Promise.resolve('done');
/** Tries, and has no patience. */
const tryOnce = () => whileLocked(file, done, -1);

describe('whileLocked', () => {
  it('gives what the work gives, and leaves no lock', async () => {
    const work = async (isHeld: () => Promise<boolean>) => [await readdir(folder), await isHeld()];
    expect(await whileLocked(file, work)).toEqual([['a.lock'], true]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves no lock when the work fails', async () => {
    const work = () => Promise.reject(new Error('disk full'));
    await expect(whileLocked(file, work)).rejects.toThrow('disk full');
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for who holds the lock', async () => {
    const story: string[] = [];
    const first = whileLocked(file, async () => {
      story.push('first begins');
      await wait(100);
      story.push('first ends');
    });
    while (story.length === 0) await wait(1);
    await whileLocked(file, () => Promise.resolve(story.push('second')));
    await first;
    expect(story).toEqual(['first begins', 'first ends', 'second']);
  });

  it('fails when a lock of a process that lives stays, and says whose it is', async () => {
    await leave(`${process.pid} ${hostname()} x`);
    await expect(tryOnce()).rejects.toThrow(
      `'${file}' stays locked by process ${process.pid} on ${hostname()}: when no audit runs there, remove it and what begins with its name`,
    );
    expect(await readFile(file, 'utf8')).toBe(`${process.pid} ${hostname()} x`);
    await leave('');
    await expect(tryOnce()).rejects.toThrow('stays locked by another process: when');
  });

  it.each([
    { whose: 'a process that is gone', text: `${gone} ${hostname()} x`, age: 0 },
    { whose: 'a process that lives', text: `${process.pid} ${hostname()} x`, age: 60.001 },
    { whose: 'another host', text: `${gone} another-host x`, age: 60.001 },
    { whose: 'nobody who could write its name', text: '', age: 60.001 },
  ])('takes a lock of $whose over after $age s', async ({ text, age }) => {
    stopClock();
    await leave(text, age);
    expect(await tryOnce()).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    { whose: 'a process that lives', text: `${process.pid} ${hostname()} x` },
    { whose: 'another host, whose processes have other numbers', text: `${gone} another-host x` },
    { whose: 'somebody who is just making it', text: '' },
    { whose: 'somebody who has written half of it', text: String(gone) },
  ])('leaves a lock of $whose alone for a minute', async ({ text }) => {
    stopClock();
    await leave(text, 60);
    await expect(tryOnce()).rejects.toThrow('stays locked');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('lets one at a time in, of many that find a lock of a process that is gone', async () => {
    for (let round = 0; round < 10; round += 1) {
      await leave(`${gone} ${hostname()} ${round}`);
      let inside = 0;
      let most = 0;
      const work = async () => {
        most = Math.max(most, (inside += 1));
        await wait(1);
        inside -= 1;
      };
      await Promise.all(Array.from({ length: 10 }, () => whileLocked(file, work)));
      expect(most).toBe(1);
    }
  });

  it('tells who slept too long that the lock is held by another, and leaves it to them', async () => {
    const theirs = `${process.pid} ${hostname()} theirs`;
    const work = async (isHeld: () => Promise<boolean>) => {
      await leave(theirs);
      return isHeld();
    };
    expect(await whileLocked(file, work)).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(theirs);
  });

  it('leaves a stale lock to who has claimed it', async () => {
    const stale = `${gone} ${hostname()} x`;
    await leave(stale);
    const claim = createHash('sha256').update(stale).digest('hex').slice(0, 16);
    await writeFile(`${file}.${claim}`, '');
    await expect(tryOnce()).rejects.toThrow('stays locked');
    expect(await readdir(folder)).toEqual(['a.lock', `a.lock.${claim}`]);
  });

  it('leaves a lock alone that was made after a stale one was found', async () => {
    const found = { text: `${gone} ${hostname()} x`, ageMs: 0 };
    await leave('theirs');
    expect(await takeOver(file, 'mine', found)).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('theirs');
    await leave('');
    expect(await takeOver(file, 'mine', { text: '', ageMs: 61_000 })).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('');
    await rm(file);
    expect(await takeOver(file, 'mine', found)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('fails when there is no folder to lock', async () => {
    await expect(whileLocked(join(folder, 'none', 'a.lock'), done)).rejects.toThrow('ENOENT');
  });
});
