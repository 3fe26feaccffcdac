import type { FileTaker } from '../core/bundle/bundle-reader.js';

/** Characters of a line that is handed on; what is longer is no line of a file that is read line by line. House choice. */
const LONGEST_LINE = 16 * 2 ** 20;
const LINE_FEED = 10;

/** Parts the bytes of one file into lines. Bytes are read as Latin 1: what is judged is ASCII, and nothing is lost. */
export class BundleLines {
  private rest: Buffer[] = [];
  private length = 0;
  private wantsMore = true;

  constructor(private readonly taker: FileTaker) {}

  /** False: nothing more of the file is wanted. */
  write(chunk: Buffer): boolean {
    let from = 0;
    while (this.wantsMore) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      this.line(chunk.subarray(from, end));
      from = end + 1;
    }
    if (this.wantsMore && from < chunk.length) this.keep(chunk.subarray(from));
    return this.wantsMore;
  }

  /** The file ended, or its rest is not read. */
  end(isCut: boolean): void {
    const hasHalf = this.length > 0;
    if (hasHalf && this.wantsMore) this.line(Buffer.alloc(0));
    this.rest = [];
    this.taker.end(isCut || hasHalf);
  }

  private line(last: Buffer): void {
    const whole = this.length === 0 ? last : Buffer.concat([...this.rest, last]);
    this.rest = [];
    this.length = 0;
    this.wantsMore = this.taker.take(whole.toString('latin1').replace(/\r$/, ''));
  }

  private keep(part: Buffer): void {
    this.length += part.length;
    this.rest.push(Buffer.from(part));
    if (this.length > LONGEST_LINE) {
      this.wantsMore = false;
      this.rest = [];
    }
  }
}
