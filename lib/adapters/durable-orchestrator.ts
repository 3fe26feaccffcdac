import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { Orchestrator } from '../core/run/ports.js';

/** How many items of a map run at a time: a house choice that spares the services. */
const AT_ONCE = 5;

/** How often a step is tried in all. Few times, as its clients already retry each call. */
const ATTEMPTS = 3;
const SECONDS_BETWEEN_ATTEMPTS = 10;

/**
 * Tells the story in a Lambda durable function: each step is remembered, waiting costs nothing, and
 * after a crash the story is told again up to where it was.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk.html
 */
export class DurableOrchestrator implements Orchestrator {
  constructor(private readonly context: DurableContext) {}

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    return await this.context.step(name, () => work(), {
      retryStrategy: (_error, attempts) =>
        attempts < ATTEMPTS
          ? { shouldRetry: true, delay: { seconds: SECONDS_BETWEEN_ATTEMPTS } }
          : { shouldRetry: false },
    });
  }

  /** Whole seconds, at least one: a durable wait has no smaller unit. */
  async sleep(name: string, seconds: number): Promise<void> {
    await this.context.wait(name, { seconds: Math.max(1, Math.ceil(seconds)) });
  }

  /** Fails with the first error. */
  async map<I, O>(
    name: string,
    items: readonly I[],
    work: (item: I, orchestrator: Orchestrator) => Promise<O>,
  ): Promise<O[]> {
    const results = await this.context.map(
      name,
      [...items],
      (context, item) => work(item, new DurableOrchestrator(context)),
      { maxConcurrency: AT_ONCE },
    );
    results.throwIfError();
    return results.getResults();
  }
}
