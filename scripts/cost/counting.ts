import type { SSMClient } from '@aws-sdk/client-ssm';
import type { AwsClients } from '../../lib/adapters/aws-clients.js';
import type { Orchestrator } from '../../lib/core/run/ports.js';
import type { CallCount, OrchestrationCount } from './measured.js';

/** The fields of a PutObject, a Publish and a PutEvents that count. */
interface Input {
  readonly Key?: string | undefined;
  readonly Body?: string | Uint8Array;
  readonly Message?: string | undefined;
  readonly Entries?: readonly unknown[] | undefined;
}

interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** The watched part of a client, the same for all services. */
type Watched = Pick<SSMClient, 'middlewareStack'>;

const BEFORE_ALL = { step: 'initialize' } as const;

/** Counts the calls that the clients make, once each, and the bytes that they put into the bucket. */
export class CallCounter {
  private readonly calls: Record<string, number> = {};
  private readonly bytes: Record<string, number> = {};
  private messageBytes = 0;

  /** From now on. The simulated account has no EventBridge, so its events are counted and not sent. */
  watch({ ec2, eks, eventBridge, s3, sns, ssm }: AwsClients): void {
    for (const { middlewareStack } of [ec2, eks, sns, ssm, s3] as readonly Watched[]) {
      middlewareStack.add(
        (next, context) => (args) => {
          this.note(context, args.input);
          return next(args);
        },
        BEFORE_ALL,
      );
    }
    eventBridge.middlewareStack.add(
      (_next, context) => (args) => {
        this.note(context, args.input);
        const output = { Entries: [], $metadata: {} };
        return Promise.resolve({ output, response: undefined });
      },
      BEFORE_ALL,
    );
  }

  count(): CallCount {
    const { calls, bytes, messageBytes } = this;
    return { calls: sorted(calls), bytes: sorted(bytes), messageBytes };
  }

  private note({ clientName = '', commandName = '' }: Context, input: object): void {
    const name = `${clientName.replace(/Client$/, '')}.${commandName.replace(/Command$/, '')}`;
    add(this.calls, name, 1);
    const { Key = '', Body, Message, Entries } = input as Input;
    if (Body !== undefined) add(this.bytes, Key.replace(/\/.*/, ''), Buffer.byteLength(Body));
    if (Message !== undefined) this.messageBytes = Buffer.byteLength(Message);
    if (Entries !== undefined) add(this.calls, 'EventBridge.entries', Entries.length);
  }
}

/**
 * Runs a story like the orchestrator within, and counts what a durable function bills.
 *
 * The second look finds every node done: in place of waiting, it asks `settled`.
 */
export class CountingOrchestrator implements Orchestrator {
  private constructor(
    private readonly within: Orchestrator,
    private readonly settled: () => Promise<void>,
    private readonly tally: { -readonly [K in keyof OrchestrationCount]: number },
  ) {}

  static around(within: Orchestrator, settled: () => Promise<void>): CountingOrchestrator {
    const none = { steps: 0, waits: 0, maps: 0, branches: 0, bytes: 0, cpuSeconds: 0 };
    return new CountingOrchestrator(within, settled, none);
  }

  count(): OrchestrationCount {
    return { ...this.tally };
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.tally.steps += 1;
    const result = await this.within.step(name, work);
    this.tally.bytes += sizeOf(result);
    return result;
  }

  async sleep(): Promise<void> {
    this.tally.waits += 1;
    if (this.tally.waits > 1) await this.settled();
  }

  async map<I, O>(
    name: string,
    items: readonly I[],
    work: (item: I, orchestrator: Orchestrator) => Promise<O>,
  ): Promise<O[]> {
    this.tally.maps += 1;
    this.tally.branches += items.length;
    const { settled, tally } = this;
    const results = await this.within.map(name, items, (item, inner) =>
      work(item, new CountingOrchestrator(inner, settled, tally)),
    );
    // The branch keeps its result, and so does the map.
    this.tally.bytes += 2 * sizeOf(results);
    return results;
  }
}

function add(counts: Record<string, number>, name: string, more: number): void {
  counts[name] = (counts[name] ?? 0) + more;
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value ?? null));
}
