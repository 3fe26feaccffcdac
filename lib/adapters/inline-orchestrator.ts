import { setTimeout as wait } from 'node:timers/promises';
import pMap from 'p-map';
import type { Orchestrator } from '../core/run/ports.js';

/** How many items of a map run at a time: a house choice that spares the services. */
const AT_ONCE = 5;

/** Tells the story in one process: a step is a call, and nothing survives a crash. */
export class InlineOrchestrator implements Orchestrator {
  /** A test hands in a `pause` that takes no time. */
  constructor(
    private readonly pause: (seconds: number) => Promise<void> = (seconds) => wait(seconds * 1000),
  ) {}

  step<T>(_name: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  sleep(_name: string, seconds: number): Promise<void> {
    return this.pause(seconds);
  }

  /** Fails with the first error; items already begun are not stopped. */
  map<I, O>(
    _name: string,
    items: readonly I[],
    work: (item: I, orchestrator: Orchestrator) => Promise<O>,
  ): Promise<O[]> {
    return pMap(items, (item) => work(item, this), { concurrency: AT_ONCE });
  }
}
