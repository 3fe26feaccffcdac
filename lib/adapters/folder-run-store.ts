import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { RunStore } from '../core/run/ports.js';
import { jsonPieces } from '../core/text/json-pieces.js';
import { checkRunKey } from '../core/text/run-key.js';

/** An audit writes this first: a folder with it holds a run. */
const FIRST_KEY = 'run.json';

/** Keeps one run in a folder: each key is a JSON file. */
export class FolderRunStore implements RunStore {
  private constructor(
    /** Absolute path of the folder. */
    readonly location: string,
    private readonly isReadOnly: boolean,
    /** The outermost folder that was made for this run. */
    private readonly made?: string,
  ) {}

  /** What this run has written, or is writing. */
  private readonly writes = new Map<string, Promise<void>>();
  private isDiscarded = false;

  /** Makes the folder for a new run. Fails if it already holds one: runs must not mix. */
  static async create(folder: string): Promise<FolderRunStore> {
    const location = resolve(folder);
    const made = await mkdir(location, { recursive: true });
    if (await holdsRun(location)) {
      throw new Error(`'${folder}' already holds a run (${FIRST_KEY}): name a new folder`);
    }
    return new FolderRunStore(location, false, made);
  }

  /** Opens a folder to read its run. Fails if it holds none. */
  static async open(folder: string): Promise<FolderRunStore> {
    const location = resolve(folder);
    if (!(await holdsRun(location))) {
      throw new Error(`'${folder}' holds no run: it has no ${FIRST_KEY}`);
    }
    return new FolderRunStore(location, true);
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.putPieces(key, jsonPieces(key, value));
  }

  async putText(key: string, text: string): Promise<void> {
    await this.putPieces(key, [text]);
  }

  /**
   * Takes away what this run wrote, and the folders that were made for it, and nothing else. What makes it a run goes
   * first: whatever happens meanwhile, nobody takes the rest for one.
   */
  async discard(): Promise<void> {
    this.isDiscarded = true;
    await Promise.allSettled(this.writes.values());
    await rm(join(this.location, FIRST_KEY), { force: true });
    if (this.made !== undefined) {
      await rm(this.made, { recursive: true, force: true });
      return;
    }
    for (const key of this.writes.keys()) await rm(this.file(key), { force: true });
    for (const folder of foldersOf([...this.writes.keys()])) {
      await removeEmpty(join(this.location, folder));
    }
  }

  private async putPieces(key: string, pieces: Iterable<string>): Promise<void> {
    if (this.isReadOnly) {
      throw new Error(
        `the run in '${this.location}' was opened for reading, cannot write '${key}'`,
      );
    }
    if (this.isDiscarded) throw new Error(`the run in '${this.location}' was discarded`);
    const writing = this.replace(this.file(key), pieces);
    this.writes.set(key, writing);
    await writing;
  }

  /** Leaves either the old file or the new one, whatever happens meanwhile. */
  private async replace(file: string, pieces: Iterable<string>): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    // No key may begin with a dot, so nobody takes the left-over of a crash for one.
    const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, pieces);
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async get(key: string): Promise<unknown> {
    const text = await orNothing(readFile(this.file(key), 'utf8'));
    if (text === undefined) throw new Error(`the run in '${this.location}' has no '${key}'`);
    return JSON.parse(text);
  }

  async keys(prefix: string): Promise<string[]> {
    const entries = await readdir(this.location, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ parentPath, name }) => relative(this.location, join(parentPath, name)))
      .map((path) => path.split(sep).join('/'))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  private file(key: string): string {
    return join(this.location, ...checkRunKey(key).split('/'));
  }
}

/** The folders of these keys, the innermost first. */
function foldersOf(keys: readonly string[]): string[] {
  const parts = keys.map((key) => key.split('/').slice(0, -1));
  const folders = parts.flatMap((names) => names.map((_, at) => names.slice(0, at + 1).join('/')));
  return [...new Set(folders)].sort((one, other) => other.length - one.length);
}

/** A folder in which people keep something stays. */
async function removeEmpty(folder: string): Promise<void> {
  const entries = await orNothing(readdir(folder));
  if (entries?.length === 0) await rmdir(folder);
}

async function holdsRun(folder: string): Promise<boolean> {
  return (await orNothing(readFile(join(folder, FIRST_KEY)))) !== undefined;
}

/** Nothing if the file is not there. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
