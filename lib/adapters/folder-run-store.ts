import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { RunStore } from '../core/run/ports.js';
import { checkRunKey, runBody } from '../core/text/run-key.js';

/** An audit writes this first: a folder with it holds a run. */
const FIRST_KEY = 'run.json';

/** Keeps one run in a folder: each key is a JSON file. */
export class FolderRunStore implements RunStore {
  private constructor(
    /** Absolute path of the folder. */
    readonly location: string,
    private readonly isReadOnly: boolean,
  ) {}

  /** Makes the folder for a new run. Fails if it already holds one: runs must not mix. */
  static async create(folder: string): Promise<FolderRunStore> {
    const location = resolve(folder);
    await mkdir(location, { recursive: true });
    if (await holdsRun(location)) {
      throw new Error(`'${folder}' already holds a run (${FIRST_KEY}): name a new folder`);
    }
    return new FolderRunStore(location, false);
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
    await this.putText(key, runBody(key, value));
  }

  /** Leaves either the old file or the new one, whatever happens meanwhile. */
  async putText(key: string, text: string): Promise<void> {
    if (this.isReadOnly) {
      throw new Error(
        `the run in '${this.location}' was opened for reading, cannot write '${key}'`,
      );
    }
    const file = this.file(key);
    await mkdir(dirname(file), { recursive: true });
    // No key may begin with a dot, so nobody takes the left-over of a crash for one.
    const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, text);
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
