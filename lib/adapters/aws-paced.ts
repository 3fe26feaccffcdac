import { Pace, type Clock } from './aws-pace.js';
import { isThrottle } from './service-error.js';

const realClock: Clock = {
  now: () => performance.now() / 1_000,
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
};

type Middleware = (next: (args: object) => Promise<unknown>) => (args: object) => Promise<unknown>;

/** As much of a client as is needed to give its calls their turns. */
interface Pacable {
  readonly middlewareStack: {
    add(
      middleware: Middleware,
      options: { step: 'finalizeRequest'; priority: 'low'; name: string },
    ): void;
  };
}

/**
 * Has each try of this client's calls wait for its turn. All operations share one pace: those of an audit come one after
 * the other, and what was learned with the first is a fair guess for the next.
 */
export function paced<C extends object>(client: C, clock: Clock = realClock): C {
  const pace = new Pace(clock);
  (client as unknown as Pacable).middlewareStack.add(
    (next) => async (args) => {
      const asked = await pace.turn();
      try {
        const answer = await next(args);
        pace.answered();
        return answer;
      } catch (error) {
        if (isThrottle(error)) pace.refused(asked);
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'waitForTurn' },
  );
  return client;
}
