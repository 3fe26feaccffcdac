import stringWidth from 'string-width';
import { HIDDEN, oneLine, withEscapes } from '../text/printable.js';
import { asciiText, withSpaces, wrapped, type Fit } from './fit.js';
import { plain, type Paint, type Style } from './paint.js';

declare const printed: unique symbol;

/**
 * Text that has passed this boundary. A terminal takes no other, and there is no other way to make one than
 * the functions of this file: a renderer that forgets to escape does not compile.
 */
export type Printed = string & { readonly [printed]: true };

/** A part of a line in a style of the paint. */
export interface Styled {
  readonly style: Style;
  readonly text: string;
}

/** A line of parts. */
type Parts = readonly (string | Styled)[];

/** A line that, where it is wrapped, goes on below its body and not below its lead. */
export interface Hanging {
  readonly lead: Parts;
  readonly body: Parts;
}

/** One line, raw: names, reasons and messages of errors as they came. */
export type Line = string | Parts | Hanging;

export const strong = (text: string): Styled => ({ style: 'strong', text });
export const faint = (text: string): Styled => ({ style: 'faint', text });
export const good = (text: string): Styled => ({ style: 'good', text });

/** A line whose second row begins below its body. */
export function hanging(lead: string | Parts, ...body: Parts): Hanging {
  return { lead: typeof lead === 'string' ? [lead] : lead, body };
}

/**
 * Lines for people, each with a line break at its end, in rows that fit. The breaks and the paint are all that is
 * not shown: a line break, an escape sequence or a mark that reorders text within a line becomes `?`.
 */
export function printedLines(lines: readonly Line[], paint: Paint = plain, fit: Fit = {}): Printed {
  return lines.map((line) => `${lineText(line, paint, fit)}\n`).join('') as Printed;
}

/** Columns that a text takes once it is shown. */
export function widthOf(text: string): number {
  return stringWidth(oneLine(text));
}

/** Text of at least so many columns. */
export function padded(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - widthOf(text)))}`;
}

/** Text of several lines that is our own, or a file to look at: keeps its line breaks and tabs. */
export function printedText(text: string): Printed {
  return text.replace(HIDDEN, (one) => (one === '\n' || one === '\t' ? one : '?')) as Printed;
}

/** Rows that a format of files has escaped already. A hidden character that it left becomes `?`. */
export function printedRows(rows: readonly string[]): Printed {
  return rows.map((row) => `${oneLine(row)}\n`).join('') as Printed;
}

/** JSON that a terminal can show, and that still means the same. Without an indent on one line. */
export function printedJson(value: unknown, indent?: number): Printed {
  const lines = JSON.stringify(value, undefined, indent).split('\n');
  return `${lines.map(withEscapes).join('\n')}\n` as Printed;
}

/** Blocks of lines with an empty line between two; leaves out empty blocks. */
export function spaced(blocks: readonly (readonly Line[])[]): Line[] {
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

/** Where a line that says nothing of it goes on. */
const HANG = 2;
/** A lead that takes more of the columns than this is a part of the body. */
const LONGEST_LEAD = 0.4;

function lineText(line: Line, paint: Paint, fit: Fit): string {
  const parts = (all: Parts) => all.map((part) => partText(part, paint, fit)).join('');
  const { lead, body } = leadAndBody(line);
  return withSpaces(inRows(parts(lead), parts(body), fit));
}

function inRows(lead: string, body: string, { columns }: Fit): string {
  const whole = `${lead}${body}`;
  if (columns === undefined || stringWidth(whole) <= columns) return whole;
  const width = stringWidth(lead);
  if (width > columns * LONGEST_LEAD) return wrapped('', whole, HANG, columns);
  return wrapped(lead, body, Math.max(width, HANG), columns);
}

function leadAndBody(line: Line): Hanging {
  if (typeof line !== 'string' && 'lead' in line) return line;
  const all = typeof line === 'string' ? [line] : line;
  const [first = '', ...rest] = all;
  if (typeof first !== 'string') return { lead: [], body: all };
  const body = first.trimStart();
  return { lead: [first.slice(0, first.length - body.length)], body: [body, ...rest] };
}

function partText(part: string | Styled, paint: Paint, { ascii }: Fit): string {
  const shown = (text: string) => (ascii === true ? asciiText(oneLine(text)) : oneLine(text));
  return typeof part === 'string' ? shown(part) : paint[part.style](shown(part.text));
}
