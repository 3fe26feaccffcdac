import { Parser, type ReadEntry } from 'tar';
import type { BundleReader } from '../core/bundle/bundle-reader.js';
import { printable } from '../core/text/printable.js';
import { BundleLines } from './bundle-lines.js';
import { bundleLimits, type BundleMeter } from './bundle-limits.js';

const regular = ['File', 'OldFile', 'ContiguousFile'];
const folders = ['Directory', 'GNUDumpDir'];

/** Takes the bytes of a tar archive. Its files are read and none is written; links and devices are counted alone. */
export class BundleTar {
  private readonly parser: Parser;
  private newest: Date | undefined;
  private trouble: Error | undefined;
  private entries = 0;
  private hasBegun = false;

  constructor(
    private readonly reader: BundleReader,
    private readonly meter: BundleMeter,
  ) {
    this.parser = new Parser({
      brotli: false,
      zstd: false,
      onReadEntry: (entry) => {
        this.entry(entry);
      },
      onwarn: (code, message) => {
        if (code === 'TAR_BAD_ARCHIVE')
          this.trouble ??= new Error(`is no whole tar archive: ${message}`);
      },
    });
  }

  /** Fails as soon as something is wrong with the archive. */
  write(chunk: Buffer): void {
    if (!this.hasBegun && chunk[0] === 0x1f) throw new Error('is packed more than once');
    this.hasBegun = true;
    this.parser.write(chunk);
    if (this.trouble !== undefined) throw this.trouble;
  }

  /** Gives the time of the newest file. */
  end(): Date | undefined {
    this.parser.end();
    if (this.entries === 0) throw new Error('is no tar archive');
    if (this.trouble !== undefined) throw this.trouble;
    return this.newest;
  }

  private entry(entry: ReadEntry): void {
    try {
      this.entries += 1;
      this.meter.entry();
      checkPath(entry.path);
    } catch (error) {
      this.trouble ??= error as Error;
    }
    if (!regular.includes(entry.type) || this.trouble !== undefined) {
      if (!folders.includes(entry.type)) this.meter.unfollowed += 1;
      entry.resume();
      return;
    }
    const { mtime } = entry;
    if (mtime !== undefined && (this.newest === undefined || mtime > this.newest)) {
      this.newest = mtime;
    }
    this.read(entry);
  }

  private read(entry: ReadEntry): void {
    const lines = new BundleLines(this.reader.open(entry.path.replace(/^(\.?\/)+/, '')));
    let left: number = bundleLimits.ofFile;
    let wantsMore = true;
    entry.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (wantsMore) wantsMore = left >= 0 && lines.write(chunk);
    });
    entry.on('end', () => {
      lines.end(left < 0);
    });
  }
}

/** No collector writes such paths, and nothing good is to be expected of what does. */
function checkPath(path: string): void {
  if (!path.split(/[\\/]/).includes('..')) return;
  throw new Error(`names a file outside of itself, '${printable(path, 80)}'`);
}
