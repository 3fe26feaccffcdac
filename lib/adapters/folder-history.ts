import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import { pMapIterable } from 'p-map';
import type { AuditRecord } from '../core/history/audit-record.js';
import { isWithin, type Period } from '../core/history/days.js';
import {
  HISTORY_PREFIX,
  historyKey,
  historyText,
  placeOfHistory,
} from '../core/history/history-file.js';
import type { AuditedPlace } from '../core/history/question.js';
import { readHistory, type HistoryRecords } from '../core/history/read-history.js';
import type { Recorder } from '../core/run/ports.js';

/** Bytes to unpack at a time: a file of a thousand nodes in one go. */
const CHUNK = 262_144;

/** Files to read and unpack ahead. */
const READ_AHEAD = 8;

const unpack = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

const SUFFIX = '.ndjson.gz';

/** Stands for the account if nobody says which one was audited. */
const UNNAMED_ACCOUNT = 'local';

/** Keeps history in a folder, in the same tree as in a bucket. */
export class FolderHistory implements Recorder {
  /** Absolute path of the folder. */
  readonly location: string;

  constructor(
    folder: string,
    private readonly account = UNNAMED_ACCOUNT,
  ) {
    this.location = resolve(folder);
  }

  /** Leaves either the old file or the new one, whatever happens meanwhile. */
  async record(record: AuditRecord): Promise<void> {
    const file = join(this.location, ...historyKey(record, this.account).split('/'));
    await mkdir(dirname(file), { recursive: true });
    const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, await promisify(gzip)(historyText(record)));
      await rename(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** The days with history, as ISO dates, in order. */
  async days(): Promise<string[]> {
    return (await this.folders()).map(({ day }) => day).sort();
  }

  /**
   * The records of each audit of these days, in the order of time. Reads no other days. Fails on a file
   * that is cut or is no history, and names it. `wanted`: of this account, or Region, alone.
   */
  async *audits(period: Period, wanted: AuditedPlace = {}): AsyncGenerator<HistoryRecords> {
    const days = (await this.folders()).filter(({ day }) => isWithin(day, period));
    for (const { folder } of days.sort((a, b) => (a.day < b.day ? -1 : 1))) {
      const texts = pMapIterable(await filesOf(folder, wanted), unpacked, {
        concurrency: READ_AHEAD,
      });
      for await (const { file, text } of texts) {
        yield orNamed(file, () => readHistory(text.toString('utf8'), placeOfHistory(file)));
      }
    }
  }

  /** One folder for each day: `history/dt=...` in the folder, or `dt=...` if it is `history` itself. */
  private async folders(): Promise<{ day: string; folder: string }[]> {
    const within = join(this.location, HISTORY_PREFIX);
    return [...(await daysIn(within)), ...(await daysIn(this.location))];
  }
}

async function daysIn(parent: string): Promise<{ day: string; folder: string }[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(nothingThere);
  return entries.flatMap((entry) => {
    const day = /^dt=(\d{4}-\d\d-\d\d)$/.exec(entry.name)?.[1];
    if (day === undefined || !entry.isDirectory()) return [];
    return [{ day, folder: join(parent, entry.name) }];
  });
}

/** A folder that is not there holds nothing. */
function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** By run, across accounts and Regions: names of runs begin with their time. */
async function filesOf(day: string, wanted: AuditedPlace): Promise<string[]> {
  const entries = await readdir(day, { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name }) => name.endsWith(SUFFIX) && !name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => isOf(placeOfHistory(file), wanted))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

function isOf(place: AuditedPlace, { account, region }: AuditedPlace): boolean {
  if (account !== undefined && place.account !== account) return false;
  return region === undefined || place.region === region;
}

async function unpacked(file: string): Promise<{ file: string; text: Buffer }> {
  const packed = await readFile(file);
  try {
    return { file, text: await unpack(packed, { chunkSize: CHUNK }) };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function orNamed<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`cannot read '${file}': ${why}`, { cause });
}
