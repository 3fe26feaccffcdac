import pc from 'picocolors';
import type { Printed } from '../core/render/lines.js';
import { plain, type Paint } from '../core/render/paint.js';

/** Where a command writes, and how. It takes only text that has passed the boundary of `render/lines.ts`. */
export interface Terminal {
  /** Results: stdout. */
  readonly write: (text: Printed) => void;
  /** Progress, notes and errors: stderr. */
  readonly note: (text: Printed) => void;
  /** Whether stdout shows colours. */
  readonly colour: boolean;
  /** Whether stderr is a terminal that progress may redraw. */
  readonly interactive: boolean;
}

/** The terminal of this process. Colours only on a terminal, and never where NO_COLOR is set. */
export function processTerminal(): Terminal {
  return {
    write: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
    colour: pc.isColorSupported && process.stdout.isTTY,
    interactive: process.stderr.isTTY,
  };
}

/** The colours of this terminal. */
export function paintFor({ colour }: Terminal): Paint {
  if (!colour) return plain;
  const { red, yellow, cyan, bold, dim, green } = pc.createColors(true);
  return {
    critical: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    notice: (text) => bold(cyan(text)),
    strong: bold,
    faint: dim,
    good: green,
  };
}
