import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LedgerStore } from '../core/run/ports.js';
import { checkRunKey } from '../core/text/run-key.js';

/** Milliseconds after which nobody holds a lock any more; the work under it takes a few. House choice. */
const STALE_MS = 60_000;
/** Milliseconds to wait for a lock: longer than one can be stale. House choice. */
const PATIENCE_MS = 70_000;
/** The longest pause between two tries. House choice. */
const PAUSE_MS = 25;

/** Keeps the ledger in a folder, as `ledger.json`. Its version is the SHA-256 of its text. */
export class FolderLedger implements LedgerStore {
  private readonly folder: string;
  private readonly file: string;

  /** The first write makes the folder. */
  constructor(
    folder: string,
    private readonly lock = whileLocked,
  ) {
    this.folder = resolve(folder);
    this.file = join(this.folder, 'ledger.json');
  }

  async read(): ReturnType<LedgerStore['read']> {
    try {
      const text = await readFile(this.file, 'utf8');
      return { text, version: createHash('sha256').update(text).digest('hex') };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(text: string, expected: string | undefined): Promise<'written' | 'conflict'> {
    await mkdir(this.folder, { recursive: true });
    return this.lock(join(this.folder, 'ledger.lock'), async (isHeld) => {
      const kept = await this.read();
      if (kept?.text === text) return 'written';
      if (kept?.version !== expected) return 'conflict';
      return (await replace(this.file, text, isHeld)) ? 'written' : 'conflict';
    });
  }

  async setAside(name: string, text: string): Promise<string> {
    const place = join(this.folder, 'set-aside', ...checkRunKey(name).split('/'));
    await mkdir(dirname(place), { recursive: true });
    await replace(place, text);
    return place;
  }
}

/** Leaves either the old file or the new one, whatever happens meanwhile. False: the lock was lost. */
async function replace(
  file: string,
  text: string,
  isAllowed: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { flush: true });
    const allowed = await isAllowed();
    if (allowed) await rename(temporary, file);
    return allowed;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A lock as the folder has it. */
export interface Lying {
  /** `<pid> <host> <random>`; empty for a moment while it is being made. */
  readonly text: string;
  readonly ageMs: number;
}

/**
 * Does `work` while no other process does any under the same lock file. It takes over a lock if its process
 * is gone or it is older than a minute. `isHeld` tells whether another process took over this one, which was
 * then asleep: its comparison may no longer hold.
 *
 * Fails if others hold the lock for longer than `patienceMs`.
 */
export async function whileLocked<T>(
  file: string,
  work: (isHeld: () => Promise<boolean>) => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const mine = `${process.pid} ${hostname()} ${randomUUID()}`;
  const isHeld = async () => (await lying(file))?.text === mine;
  const deadline = Date.now() + patienceMs;
  while (!(await create(file, mine)) && !(await takeOver(file, mine, await lying(file)))) {
    if (Date.now() > deadline) throw await tooLong(file);
    await wait(1 + Math.random() * PAUSE_MS);
  }
  try {
    return await work(isHeld);
  } finally {
    if (await isHeld()) await rm(file, { force: true });
  }
}

/** False if the file is there already. */
async function create(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Replaces the lock that was `found`, if it is stale, by one's own. The process that creates the claim on
 * this very lock may do so, and no other, and looks again first: to remove a lock as soon as it looks stale
 * could remove the lock of a faster process.
 */
export async function takeOver(
  file: string,
  mine: string,
  found: Lying | undefined,
): Promise<boolean> {
  if (found === undefined || !isStale(found)) return false;
  const name = createHash('sha256').update(found.text).digest('hex').slice(0, 16);
  const claim = `${file}.${name}`;
  if (!(await create(claim, mine))) return false;
  try {
    const still = await lying(file);
    if (still?.text !== found.text || !isStale(still)) return false;
    await rename(claim, file);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

async function lying(file: string): Promise<Lying | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isStale({ text, ageMs }: Lying): boolean {
  if (ageMs > STALE_MS) return true;
  const [pid, host] = text.split(' ');
  // The folder may be shared: the number of a process means nothing on another host.
  return host === hostname() && isGone(Number(pid));
}

/** Signal 0 reaches nobody: it asks whether there is such a process. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

async function tooLong(file: string): Promise<Error> {
  const [pid, host] = (await lying(file))?.text.split(' ') ?? [];
  const holder = host === undefined ? 'another process' : `process ${pid ?? ''} on ${host}`;
  return new Error(
    `'${file}' stays locked by ${holder}: when no audit runs there, remove it and what begins with its name`,
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
