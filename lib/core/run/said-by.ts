import { printable } from '../text/printable.js';

/** Characters of an error that are kept. */
const LONGEST = 300;

/** What somebody said who failed: one line, bounded. */
export function saidBy(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error), LONGEST);
}
