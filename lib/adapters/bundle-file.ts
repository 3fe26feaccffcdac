import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { BundleReader } from '../core/bundle/bundle-reader.js';
import { readBundle, type ReadBundle } from '../core/bundle/read-bundle.js';
import { plural } from '../core/text/format.js';
import { readBundleArchive } from './bundle-archive.js';
import { readBundleFolder } from './bundle-folder.js';
import { BundleMeter } from './bundle-limits.js';

/** One bundle, and where it lies. */
export interface BundleAt extends ReadBundle {
  readonly path: string;
  /** When it was taken, as ISO 8601, UTC. Absent: its files carry no time. */
  readonly takenAt?: string;
  /** What people should know about the reading. */
  readonly notes: readonly string[];
}

/** Reads a support bundle: a `.tar.gz`, or the folder that it was unpacked into. An error names it. */
export async function readBundleAt(path: string): Promise<BundleAt> {
  const found = await stat(path);
  if (!found.isDirectory() && !found.isFile()) {
    throw new Error(`'${path}' is neither a file nor a folder`);
  }
  return found.isDirectory()
    ? reading(path, (reader, meter) => readBundleFolder(path, reader, meter))
    : readBundleStream(path, createReadStream(path));
}

/** Reads a support bundle that comes as a stream. An error names it. */
export async function readBundleStream(name: string, stream: Readable): Promise<BundleAt> {
  return reading(name, (reader, meter) => readBundleArchive(stream, reader, meter));
}

async function reading(
  path: string,
  read: (reader: BundleReader, meter: BundleMeter) => Promise<Date | undefined>,
): Promise<BundleAt> {
  const [reader, meter] = [new BundleReader(), new BundleMeter()];
  try {
    const takenAt = plausible(await read(reader, meter));
    const { unfollowed } = meter;
    const notes =
      unfollowed > 0
        ? [`${plural(unfollowed, 'link or device', 'links or devices')} in it not followed`]
        : [];
    return {
      path,
      notes,
      ...readBundle(reader, takenAt),
      ...(takenAt !== undefined && { takenAt }),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`'${path}' ${why}`, { cause: error });
  }
}

/** A time that is none, or that has not come yet, is not told. */
function plausible(time: Date | undefined): string | undefined {
  const at = time?.getTime() ?? Number.NaN;
  return at > 0 && at < Date.now() + 86_400_000 ? new Date(at).toISOString() : undefined;
}
