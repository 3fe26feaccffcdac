/** The longest delay of a timer in milliseconds; a longer one ends at once. */
const LONGEST_TIMER = 2_147_483_647;

/** The service's own timeouts, faster than the clock. */
export class ServiceClock {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #speed: number;

  /** `speed`: how many times faster. */
  constructor(speed: number) {
    this.#speed = speed;
  }

  now(): Date {
    return new Date();
  }

  /** Waits for seconds of the service. After `stop` it waits for ever, but holds nothing open. */
  wait(seconds: number): Promise<void> {
    const delay = Math.min((seconds * 1000) / this.#speed, LONGEST_TIMER);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, delay);
      this.#timers.add(timer);
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
