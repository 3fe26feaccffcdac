import { count } from '../core/text/format.js';

/**
 * What a bundle may be at most. Whoever made it may mean harm, and whoever reads it may be a function of 512 MB. All are
 * house choices: bundles of busy nodes hold some thousand files and some hundred megabytes.
 */
export const bundleLimits = {
  /** Files, folders and all else that an archive or a folder holds. */
  entries: 50_000,
  /** Bytes when unpacked. */
  bytes: 2 * 2 ** 30,
  /** Bytes that are read of one file. */
  ofFile: 256 * 2 ** 20,
  /** Bytes unpacked for each that is packed, once `freely` are unpacked. Logs reach 60. */
  ratio: 200,
  freely: 64 * 2 ** 20,
  /** Folders within each other. */
  depth: 12,
} as const;

/** What of one bundle was read so far; fails as soon as it is more than a bundle may be. */
export class BundleMeter {
  private entries = 0;
  private packed = 0;
  private unpacked = 0;
  /** Links, devices and pipes, none of which is followed. */
  unfollowed = 0;

  entry(): void {
    this.entries += 1;
    if (this.entries <= bundleLimits.entries) return;
    throw new Error(
      `holds more than ${count(bundleLimits.entries)} files, which no collector makes`,
    );
  }

  takePacked(bytes: number): void {
    this.packed += bytes;
  }

  takeUnpacked(bytes: number): void {
    this.unpacked += bytes;
    const { bytes: most, ratio, freely } = bundleLimits;
    if (this.unpacked > most) {
      throw new Error(`unpacks to more than ${most / 2 ** 30} GiB, which no collector makes`);
    }
    if (this.unpacked <= freely || this.packed === 0) return;
    if (this.unpacked / this.packed <= ratio) return;
    throw new Error(`unpacks to more than ${ratio} times its size, which no log does`);
  }
}
