import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { BundleReader } from '../core/bundle/bundle-reader.js';
import type { BundleMeter } from './bundle-limits.js';
import { BundleTar } from './bundle-tar.js';

/**
 * Reads an archive, packed by gzip or not, as it comes: nothing of it is written anywhere. Gives the time of its newest
 * file. Fails in words that follow its name.
 */
export async function readBundleArchive(
  stream: Readable,
  reader: BundleReader,
  meter: BundleMeter,
): Promise<Date | undefined> {
  const tar = new BundleTar(reader, meter);
  const unpacking = (await isGzip(stream)) ? createGunzip() : new PassThrough();
  stream.on('data', ({ length }: Buffer) => {
    meter.takePacked(length);
  });
  // What ends the reading goes before what that does to the streams.
  let refusal: unknown;
  const take = async (chunks: AsyncIterable<Buffer>) => {
    try {
      for await (const chunk of chunks) {
        meter.takeUnpacked(chunk.length);
        tar.write(chunk);
      }
    } catch (error) {
      refusal = error;
      throw error;
    }
  };
  try {
    await pipeline(stream, unpacking, take);
  } catch (caught) {
    const error = isOfZlib(caught) ? caught : (refusal ?? caught);
    throw isOfZlib(error) ? new Error(`is no whole gzip file: ${error.message}`) : error;
  }
  return tar.end();
}

/** Whether a stream is packed by gzip, by its first two bytes, which it still gives after. */
async function isGzip(stream: Readable): Promise<boolean> {
  await once(stream, 'readable');
  const first = stream.read() as Buffer | null;
  if (first === null) throw new Error('is empty');
  stream.unshift(first);
  return first[0] === 0x1f && first[1] === 0x8b;
}

function isOfZlib(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_');
}
