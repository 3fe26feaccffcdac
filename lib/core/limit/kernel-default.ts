import { remembered } from '../text/remembered.js';

const PAGE_BYTES = 4_096;
const PAGES_PER_GIB = 1_073_741_824 / PAGE_BYTES;
const BUCKET_BYTES = 8;
/** Up to 1 GiB, the table may take one byte for every 16 KiB of memory. */
const MEMORY_PER_TABLE_BYTE = 16_384;
const BUCKETS_PER_PAGE = PAGE_BYTES / BUCKET_BYTES;

/** The numbers that the kernel sets if nf_conntrack is loaded without `hashsize`. */
export interface KernelDefault {
  /** `nf_conntrack_max`. */
  readonly max: number;
  /** `nf_conntrack_buckets`. */
  readonly buckets: number;
}

interface Sizing {
  readonly above1GiB: number;
  readonly above4GiB: number;
  readonly floor: number;
  readonly entriesPerBucket: number;
}

/** @see https://github.com/torvalds/linux/commit/d532bcd0b2699d84d71a0c71d37157ac6eb3be25 */
const sizings: { readonly before515: Sizing; readonly from515: Sizing } = {
  before515: { above1GiB: 16_384, above4GiB: 65_536, floor: 32, entriesPerBucket: 4 },
  from515: { above1GiB: 65_536, above4GiB: 262_144, floor: 1_024, entriesPerBucket: 1 },
};

/**
 * The kernel default of a 64-bit kernel with pages of 4 KiB. `release` is `uname -r`.
 * Both comparisons are strict and use usable memory: a node sold with 4 GiB takes the row of 1 GiB.
 */
export function kernelDefault(usableBytes: number, release: string): KernelDefault {
  const sizing = isBefore515(release) ? sizings.before515 : sizings.from515;
  const pages = Math.floor(usableBytes / PAGE_BYTES);
  const wanted = Math.max(bucketsWanted(pages, sizing), sizing.floor);
  // The kernel allocates the table in whole pages, and computes max from them.
  const buckets = Math.ceil(wanted / BUCKETS_PER_PAGE) * BUCKETS_PER_PAGE;
  return { max: buckets * sizing.entriesPerBucket, buckets };
}

function bucketsWanted(pages: number, sizing: Sizing): number {
  if (pages > 4 * PAGES_PER_GIB) return sizing.above4GiB;
  if (pages > PAGES_PER_GIB) return sizing.above1GiB;
  return Math.floor((pages * PAGE_BYTES) / MEMORY_PER_TABLE_BYTE / BUCKET_BYTES);
}

/** The major and the minor that a release begins with. */
const parse = remembered((release: string): readonly [number, number] | undefined => {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?!\d)/.exec(release) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
});

/** Whether the kernel sizes the table and bounds its chains by the rules before 5.15. */
export function isBefore515(release: string): boolean {
  const parsed = parse(release);
  if (parsed === undefined)
    throw new Error(
      `a kernel release should begin with major.minor, such as 6.1, got '${release}'`,
    );
  const [major, minor] = parsed;
  return major < 5 || (major === 5 && minor < 15);
}

/** True if a text begins as `uname -r` does: `6.1.141-155.222.amzn2023.x86_64`, `5.10`. */
export function isKernelRelease(text: string): boolean {
  return parse(text) !== undefined;
}

/**
 * Usable memory from the nominal size alone: an estimate, 93 % of it. Firmware and the kernel itself keep
 * between 2 % and 7 %; the default of no EC2 size depends on that.
 */
export function usableMemoryBytes(nominalMiB: number): number {
  return Math.floor(nominalMiB * 1_048_576 * 0.93);
}
