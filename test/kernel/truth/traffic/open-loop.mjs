/** Longer than any scenario takes: what is left behind by a killed run ends by itself. */
const MOST_SECONDS = 600;
const MOST_PER_SECOND = 400;

setTimeout(() => process.exit(0), MOST_SECONDS * 1_000);

/**
 * Begins work at this rate whether or not earlier work has ended. It goes by the clock: what a busy
 * machine kept from its moment is made up for, so that the rate is kept.
 */
export function atRate(perSecond, work) {
  if (perSecond > MOST_PER_SECOND)
    throw new Error(`at most ${MOST_PER_SECOND} a second, got ${perSecond}`);
  const began = performance.now();
  let done = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    for (; done < due; done += 1) work(done);
  }, 10);
}
