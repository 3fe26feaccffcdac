import { type Failure, failureOf, isNotFound } from './service-error.js';
import { timeLimits } from './time-limits.js';

interface Waste {
  readonly seconds: number;
  readonly last: Failure;
}

/**
 * Tries calls without which an audit goes on, and tells why one has no answer.
 *
 * An operation that hangs or is throttled for one subject does so for the next hundred as well. One that
 * wasted the time of a whole call, in failures in a row, is asked no more: the rest fails as its last call.
 */
export class ServiceAttempts {
  private readonly wasted = new Map<string, Waste>();

  constructor(
    /** What failures in a row of one operation may take. */
    private readonly seconds = timeLimits().call,
    private readonly now: () => number = () => performance.now() / 1_000,
  ) {}

  /** The answer; why there is none; or nothing if what was asked for does not exist. */
  async attempt<T>(operation: string, call: () => Promise<T>): Promise<T | Failure | undefined> {
    const { seconds = 0, last } = this.wasted.get(operation) ?? {};
    if (last !== undefined && seconds >= this.seconds) return last;
    const began = this.now();
    try {
      const answer = await call();
      this.wasted.delete(operation);
      return answer;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      const failure = failureOf(operation, error);
      const before = this.wasted.get(operation)?.seconds ?? 0;
      this.wasted.set(operation, { seconds: before + this.now() - began, last: failure });
      return failure;
    }
  }
}
