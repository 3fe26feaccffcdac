import { printedLines } from '../core/render/lines.js';
import type { Terminal } from './terminal.js';

/** People ended the command: everything about it has been said. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** What a command owes people who end it. */
export interface Ending {
  /** What goes on without this program, in lines. */
  readonly goesOn: () => readonly string[];
  /** Takes away what is not whole. */
  readonly tidy?: () => Promise<void>;
}

/**
 * Does work until it is done, or until people press Ctrl-C. Then it says what goes on, tidies up, and fails with
 * `Interrupted`; the work is told by its signal. Only the first Ctrl-C is heard: a second one ends the process at once.
 */
export async function untilInterrupted<T>(
  terminal: Terminal,
  { goesOn, tidy }: Ending,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    control.signal.addEventListener('abort', () => {
      reject(new Interrupted('interrupted'));
    });
  });
  const hear = () => {
    control.abort();
  };
  process.once('SIGINT', hear);
  try {
    return await Promise.race([work(control.signal), interrupted]);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    terminal.note(printedLines(['interrupted', ...goesOn()]));
    await tidy?.();
    throw error;
  } finally {
    process.removeListener('SIGINT', hear);
  }
}
