/** Calls that may go at once, before any is spaced: a small fleet never waits. */
const BURST = 5;
/** Calls a second at first. Doubles with each second, until the service refuses one. */
const FIRST = 10;
/** What is left of a rate at which a call was refused, and of the rate at which calls were answered. */
const LESS = 0.8;
const SPARE = 0.95;
/** Slower than this helps nobody: a call ends before its turn. */
const SLOWEST = 0.5;
/** Seconds over which answers are counted. */
const WINDOW = 2;
/** A pause of the program is no time in which calls went well. */
const LONGEST_STEP = 1;

/** The time in seconds, and what waits for it. */
export interface Clock {
  now(): number;
  sleep(seconds: number): Promise<void>;
}

/**
 * The turns of calls, at the rate at which a service answers them. Few services publish theirs, accounts differ, and
 * others call beside us: so the rate is measured whenever a call is refused as one too many.
 *
 * From there it grows slowly at first and faster the longer nothing is refused, as TCP's CUBIC does. Where a service
 * answers 5 calls a second, 600 calls take 123 s instead of 119, and ten of them are refused.
 */
export class Pace {
  private rate = FIRST;
  /** The rate after the last refusal. Absent: there was none. */
  private measured: number | undefined;
  /** Seconds of calling since then. */
  private since = 0;
  /** When the next turn is. */
  private due = -Infinity;
  private last: number | undefined;
  private slowed = -Infinity;
  /** When the last calls were answered, and the first of all. */
  private answers: number[] = [];
  private began: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Returns when it is a call's turn, with the time at which it asked for it. */
  async turn(): Promise<number> {
    const now = this.clock.now();
    this.grow(Math.min(now - (this.last ?? now), LONGEST_STEP));
    this.last = now;
    // What was not used is kept, up to a burst.
    this.due = Math.max(this.due, now - (BURST - 1) / this.rate);
    const wait = this.due - now;
    this.due += 1 / this.rate;
    if (wait > 0) await this.clock.sleep(wait);
    return now;
  }

  answered(): void {
    const now = this.clock.now();
    this.began ??= now;
    this.answers = [...this.answers.filter((at) => at > now - WINDOW), now];
  }

  /** A call that asked for its turn then was refused because there were too many. */
  refused(asked: number): void {
    // Others were under way at the same rate: the first one has told of it.
    if (asked < this.slowed) return;
    const now = this.clock.now();
    const counted = this.answers.filter((at) => at > now - WINDOW).length;
    const seconds = Math.min(WINDOW, Math.max(1, now - (this.began ?? now)));
    const rate = Math.min((SPARE * counted) / seconds, LESS * this.rate);
    this.measured = Math.max(SLOWEST, rate);
    this.rate = this.measured;
    this.since = 0;
    this.slowed = now;
    this.due = Math.max(this.due, now + 1 / this.rate);
  }

  private grow(seconds: number): void {
    this.since += seconds;
    this.rate =
      this.measured === undefined
        ? this.rate * 2 ** seconds
        : this.measured * (1 + (this.since + this.since ** 3 / 300) / 500);
  }
}
