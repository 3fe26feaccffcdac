import { HIDDEN, oneLine, withEscapes } from '../text/printable.js';
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

/** One line, raw: names, reasons and messages of errors as they came. */
export type Line = string | readonly (string | Styled)[];

export const strong = (text: string): Styled => ({ style: 'strong', text });
export const faint = (text: string): Styled => ({ style: 'faint', text });
export const good = (text: string): Styled => ({ style: 'good', text });

/**
 * Lines for people, each with a line break at its end. The breaks and the paint are all that is not shown: a
 * line break, an escape sequence or a mark that reorders text within a line becomes `?`.
 */
export function printedLines(lines: readonly Line[], paint: Paint = plain): Printed {
  return lines.map((line) => `${lineText(line, paint)}\n`).join('') as Printed;
}

/** Text of several lines that is our own, or a file to look at: keeps its line breaks and tabs. */
export function printedText(text: string): Printed {
  return text.replace(HIDDEN, (one) => (one === '\n' || one === '\t' ? one : '?')) as Printed;
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

function lineText(line: Line, paint: Paint): string {
  if (typeof line === 'string') return oneLine(line);
  return line.map((part) => partText(part, paint)).join('');
}

function partText(part: string | Styled, paint: Paint): string {
  return typeof part === 'string' ? oneLine(part) : paint[part.style](oneLine(part.text));
}
