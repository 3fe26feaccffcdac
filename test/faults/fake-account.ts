import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Orders, Reply, Telling } from './fake/orders.js';

/** How the account is reached. */
export const BUCKET = 'conntrack-auditor-runs';
export const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:conntrack-auditor-findings';

type Answer<K extends keyof Orders> = Promise<Awaited<ReturnType<Orders[K]>>>;

/** The fake account, which runs in a process of its own. */
export class FakeAccount {
  /** How many requests are open that it will never answer. */
  hanging = 0;
  /** Hears that a process which asked has died at its call. */
  onCrash: () => void = () => undefined;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #last = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
  ) {
    child.on('message', (message: Reply | Telling) => {
      if (message.kind === 'hanging') this.hanging = message.count;
      if (message.kind === 'crashed') this.onCrash();
      if (message.kind !== 'reply') return;
      this.#waiting.get(message.id)?.(message.value);
      this.#waiting.delete(message.id);
    });
  }

  static async start(): Promise<FakeAccount> {
    const main = fileURLToPath(new URL('fake/main.ts', import.meta.url));
    const child = fork(main, { execArgv: ['--import', 'tsx'] });
    const [ready] = (await once(child, 'message')) as [Telling];
    if (ready.kind !== 'ready') throw new Error(`the fake account began with '${ready.kind}'`);
    return new FakeAccount(child, `http://127.0.0.1:${ready.port}`);
  }

  /** Whether an order waits for its reply. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Has the account do something, and waits until it is done. */
  order<K extends keyof Orders>(order: K, ...args: Parameters<Orders[K]>): Answer<K> {
    const id = (this.#last += 1);
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
    this.child.send({ id, order, args });
    return answer as Answer<K>;
  }

  /** An object of the bucket; packed ones are unpacked. */
  async text(key: string): Promise<string | undefined> {
    const base64 = await this.order('object', key);
    if (base64 === undefined) return undefined;
    const bytes = Buffer.from(base64, 'base64');
    return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
