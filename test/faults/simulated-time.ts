import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import type { FakeAccount } from './fake-account.js';
import { isPacking } from './packing.js';

/** Turns of the event loop in a row without anything to do, before time goes on. */
const QUIET_TURNS = 4;
/** Real nanoseconds without anything to do and without a timer: nothing will ever happen again. */
const FOR_EVER = 3_000_000_000n;
/** Work that is neither a request nor a timer: files, names, connections. */
const BUSY = /^(FSReq|GetAddrInfo|TCPConnect|Write|Shutdown)/;

const abortByClock = AbortSignal.timeout.bind(AbortSignal);

/**
 * Time that goes on only while nobody has anything to do but wait: no request is open, except those that the
 * account will never answer. So a time limit is met exactly, in no time, however slow the machine is.
 */
export class SimulatedTime {
  readonly #open = new Set<ClientRequest>();
  readonly #limits = new Set<AbortController>();
  #set = globalThis.setTimeout;
  readonly #opened = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    this.#open.add(request);
    request.once('close', () => this.#open.delete(request));
  };

  constructor(private readonly account: FakeAccount) {}

  /** Time stands still from now on, at this moment. */
  begin(at: string): void {
    subscribe('http.client.request.start', this.#opened);
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
      now: new Date(at),
    });
    this.#set = globalThis.setTimeout;
    globalThis.setTimeout = atLeastOneMillisecond(this.#set);
    // Its own timer is none of those of a global.
    AbortSignal.timeout = (milliseconds) => this.#abortAfter(milliseconds);
  }

  end(): void {
    unsubscribe('http.client.request.start', this.#opened);
    // What waits for a clock that has ended stays in memory with it.
    vi.clearAllTimers();
    // The clock puts back only what it has set itself.
    globalThis.setTimeout = this.#set;
    vi.useRealTimers();
    AbortSignal.timeout = abortByClock;
    this.#endLimits();
    this.#open.clear();
  }

  /** Forgets what a process that died was waiting for. */
  forget(): void {
    vi.clearAllTimers();
    this.#endLimits();
    this.#open.clear();
  }

  /** Lets time go on until this work has ended, and gives the seconds that it took. */
  async passWhile<T>(work: Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
    const began = Date.now();
    const state = { ended: false };
    const end = () => {
      state.ended = true;
    };
    work.then(end, end);
    let quiet = 0;
    let busyAt = process.hrtime.bigint();
    while (!state.ended) {
      await turn();
      quiet = this.#isQuiet() ? quiet + 1 : 0;
      if (quiet === 0 || vi.getTimerCount() > 0) busyAt = process.hrtime.bigint();
      if (process.hrtime.bigint() - busyAt > FOR_EVER) throw this.#stuck();
      if (quiet < QUIET_TURNS || vi.getTimerCount() === 0) continue;
      vi.advanceTimersToNextTimer();
      quiet = 0;
    }
    return { value: await work, seconds: (Date.now() - began) / 1_000 };
  }

  #abortAfter(milliseconds: number): AbortSignal {
    const limit = new AbortController();
    this.#limits.add(limit);
    setTimeout(() => {
      limit.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, milliseconds);
    return limit.signal;
  }

  /** A limit that somebody listens to lives until it is met, with everything that hears of it. */
  #endLimits(): void {
    for (const limit of this.#limits) limit.abort();
    this.#limits.clear();
  }

  #stuck(): Error {
    return new Error(`the audit waits for ever, ${this.#open.size} calls open`);
  }

  #isQuiet(): boolean {
    if (this.account.isBusy || isPacking()) return false;
    if (this.#open.size !== this.account.hanging) return false;
    return !process.getActiveResourcesInfo().some((name) => BUSY.test(name));
  }
}

/** As Node's own timers: work that asks for less would come before the time at which it is due. */
function atLeastOneMillisecond(set: typeof setTimeout): typeof setTimeout {
  const rounded = (work: (...args: unknown[]) => void, milliseconds = 1, ...args: unknown[]) =>
    set(work, Math.max(1, Math.ceil(milliseconds)), ...args);
  return rounded as typeof setTimeout;
}
