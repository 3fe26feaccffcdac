import { clearScreenDown, cursorTo } from 'node:readline';
import pc from 'picocolors';
import type { Printed } from '../core/render/lines.js';
import { plain, type Paint } from '../core/render/paint.js';
import { USUAL_COLUMNS } from '../core/render/screen/screen.js';

/** Where a command writes, and how. It takes only text that has passed the boundary of `render/lines.ts`. */
export interface Terminal {
  /** Results: stdout. */
  readonly write: (text: Printed) => void;
  /** Takes away what a terminal shows. Elsewhere nothing goes away. */
  readonly clear: () => void;
  /** Progress, notes and errors: stderr. */
  readonly note: (text: Printed) => void;
  /** Whether stdout shows colours. */
  readonly colour: boolean;
  /** Whether stderr is a terminal that progress may redraw. */
  readonly interactive: boolean;
  /** Columns of a line on stdout. */
  readonly columns: number;
  /** Whether stdout shows ASCII alone. */
  readonly ascii: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr, platform } = process;
  return {
    write: (text) => stdout.write(text),
    clear: () => {
      if (!stdout.isTTY) return;
      cursorTo(stdout, 0, 0);
      clearScreenDown(stdout);
    },
    note: (text) => stderr.write(text),
    colour: showsColour(env, stdout.isTTY),
    interactive: stderr.isTTY,
    columns: columnsOf(env, stdout.isTTY ? stdout.columns : undefined),
    ascii: platform !== 'win32' && !isUtf8(env),
  };
}

/**
 * NO_COLOR comes first, then FORCE_COLOR (`0` and `false` force none); else a terminal that is not dumb.
 *
 * @see https://no-color.org
 */
export function showsColour(env: Environment, isTerminal: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
  return isTerminal && TERM !== 'dumb';
}

/** COLUMNS, else what the terminal has, else the usual. */
export function columnsOf({ COLUMNS = '' }: Environment, ofTerminal: number | undefined): number {
  if (/^[1-9]\d{0,3}$/.test(COLUMNS)) return Number(COLUMNS);
  return ofTerminal === undefined || ofTerminal === 0 ? USUAL_COLUMNS : ofTerminal;
}

/**
 * Whether the locale is one of UTF-8. The first that is set decides; where none is, it is that of C.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function isUtf8({ LC_ALL = '', LC_CTYPE = '', LANG = '' }: Environment): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG);
}

/** The colours of this terminal. */
export function paintFor({ colour }: Pick<Terminal, 'colour'>): Paint {
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
