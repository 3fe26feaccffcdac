import { describe, expect, it } from 'vitest';
import { Pace } from '../../lib/adapters/aws-pace.js';

/** A service that answers so many calls a second, and the calls of an audit: all in simulated time. */
class Account {
  refusals = 0;
  time = 0;
  readonly #events: { readonly at: number; readonly go: () => void }[] = [];
  readonly #pace: Pace;
  #tokens: number;
  #filled = 0;

  constructor(private readonly perSecond: number) {
    this.#tokens = perSecond;
    this.#pace = new Pace({ now: () => this.time, sleep: (seconds) => this.#sleep(seconds) });
  }

  /** Makes so many calls, five at a time, each tried until it is answered. */
  async ask(calls: number): Promise<void> {
    let left = calls;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        while (!(await this.#try())) await this.#sleep(0.5);
      }
    };
    const all = { answered: false };
    void Promise.all(Array.from({ length: 5 }, worker)).then(() => {
      all.answered = true;
    });
    for (;;) {
      await new Promise(setImmediate);
      if (all.answered) return;
      const next = this.#events.sort((a, b) => a.at - b.at).shift();
      this.time = Math.max(this.time, next?.at ?? this.time);
      next?.go();
    }
  }

  async #try(): Promise<boolean> {
    const asked = await this.#pace.turn();
    await this.#sleep(0.06);
    const back = (this.time - this.#filled) * this.perSecond;
    this.#tokens = Math.min(this.perSecond, this.#tokens + back);
    this.#filled = this.time;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#pace.answered();
      return true;
    }
    this.refusals += 1;
    this.#pace.refused(asked);
    return false;
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#events.push({ at: this.time + seconds, go: resolve });
    });
  }
}

describe('the pace of calls', () => {
  it.each([
    { perSecond: 5, calls: 600, refusals: 14 },
    { perSecond: 10, calls: 82, refusals: 7 },
    { perSecond: 20, calls: 20, refusals: 0 },
  ])(
    'finds $perSecond calls a second: $calls calls hardly take longer than they must',
    async ({ perSecond, calls, refusals }) => {
      const account = new Account(perSecond);
      await account.ask(calls);
      expect(account.time).toBeLessThan(1.1 * (calls / perSecond) + 2);
      expect(account.refusals).toBeLessThanOrEqual(refusals);
    },
  );

  it('goes faster again when the service does', async () => {
    const account = new Account(2);
    await account.ask(40);
    const began = account.time;
    Object.assign(account, { perSecond: 1_000 });
    await account.ask(400);
    // At the rate of before it would be 200 s.
    expect(account.time - began).toBeLessThan(100);
  });

  it('has five calls wait for nothing, and the sixth for its turn', async () => {
    const waits: number[] = [];
    const clock = {
      now: () => 0,
      sleep: (seconds: number) => {
        waits.push(seconds);
        return Promise.resolve();
      },
    };
    const pace = new Pace(clock);
    for (let call = 0; call < 5; call += 1) await pace.turn();
    expect(waits).toEqual([]);
    await pace.turn();
    expect(waits).toEqual([expect.closeTo(0.1)]);
  });

  it('is slowed once by calls that were under way together', async () => {
    let now = 0;
    const pace = new Pace({ now: () => now, sleep: () => Promise.resolve() });
    const asked = [await pace.turn(), await pace.turn(), await pace.turn()];
    pace.answered();
    now = 0.5;
    for (const one of asked) pace.refused(one);
    expect(pace).toMatchObject({ measured: 0.95 });
  });
});
