import { InvalidArgumentError } from '@commander-js/extra-typings';
import { setTimeout as sleep } from 'node:timers/promises';
import { printedLines } from '../core/render/lines.js';
import { isSpan, secondsOf } from '../core/text/span.js';
import { errorLine } from './error-line.js';
import type { Terminal } from './terminal.js';

/** A look a day is what the schedule of the stack is for. */
const LONGEST = 86_400;

/** Reads `--watch 5m` and returns seconds. */
export function watchOption(text: string): number {
  const seconds = isSpan(text) ? secondsOf(text) : 0;
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new InvalidArgumentError(`should be a time from 1m to 1d, such as 5m, got '${text}'`);
}

/**
 * Looks at once, and then again so many seconds after the end of the look before, until the process ends. A first
 * look that fails is an error. Later ones may: the service that refused may answer the next.
 */
export async function lookAgain<T>(
  seconds: number,
  look: (before: T | undefined) => Promise<T>,
  terminal: Terminal,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<never> {
  let last = await look(undefined);
  for (;;) {
    const next = new Date(Date.now() + seconds * 1_000).toISOString().slice(11, 19);
    terminal.note(printedLines([`next look at ${next} UTC; Ctrl-C ends`]));
    await wait(seconds * 1_000);
    try {
      last = await look(last);
    } catch (error) {
      terminal.note(errorLine(error));
    }
  }
}
