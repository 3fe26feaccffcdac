import { cut } from '../core/render/cut.js';
import { printedLines, type Printed } from '../core/render/lines.js';

/** Bytes of an error. The message of a service or of a parser may be of any length. */
const LONGEST = 1_000;

/** What went wrong, as one line for stderr. */
export function errorLine(error: unknown): Printed {
  return printedLines([cut(`error: ${textOf(error)}`, LONGEST)]);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.name : error.message;
}
