import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleReader } from '../core/bundle/bundle-reader.js';
import { BundleLines } from './bundle-lines.js';
import { bundleLimits, type BundleMeter } from './bundle-limits.js';

/** Reads an unpacked bundle. Links in it are not followed. Gives the time of its newest file. */
export async function readBundleFolder(
  folder: string,
  reader: BundleReader,
  meter: BundleMeter,
): Promise<Date | undefined> {
  let newest = 0;
  for await (const path of filesIn(folder, '', 0, meter)) {
    newest = Math.max(newest, await readOne(join(folder, path), path, reader, meter));
  }
  return newest > 0 ? new Date(newest) : undefined;
}

async function* filesIn(
  folder: string,
  inner: string,
  depth: number,
  meter: BundleMeter,
): AsyncGenerator<string> {
  if (depth > bundleLimits.depth) {
    throw new Error(`holds folders deeper than ${bundleLimits.depth}, which no collector makes`);
  }
  for await (const entry of await opendir(join(folder, inner))) {
    meter.entry();
    const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
    if (entry.isFile()) yield path;
    else if (entry.isDirectory()) yield* filesIn(folder, path, depth + 1, meter);
    else meter.unfollowed += 1;
  }
}

/** Gives the time of the file, in milliseconds. */
async function readOne(
  file: string,
  path: string,
  reader: BundleReader,
  meter: BundleMeter,
): Promise<number> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { mtimeMs, size } = await handle.stat();
    const lines = new BundleLines(reader.open(path));
    const most = Math.min(size, bundleLimits.ofFile);
    if (most > 0) {
      for await (const chunk of handle.createReadStream({ end: most - 1, autoClose: false })) {
        meter.takeUnpacked((chunk as Buffer).length);
        if (!lines.write(chunk as Buffer)) break;
      }
    }
    lines.end(size > most);
    return mtimeMs;
  } finally {
    await handle.close();
  }
}
