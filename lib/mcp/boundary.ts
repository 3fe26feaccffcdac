import { byteLength, cut } from '../core/render/cut.js';
import { printedLines, printedText, type Line } from '../core/render/lines.js';
import { oneLine } from '../core/text/printable.js';

/**
 * Bytes of an answer: of what is structured, and of its text. House choices: an answer of both takes some 9,000 tokens,
 * below the 10,000 from which clients warn.
 */
export const MOST_STRUCTURED = 16_000;
export const MOST_TEXT = 16_000;
/** Bytes of the lists of an answer, or of a page: the rest of it is small. */
export const ROOM = 12_000;
/** Bytes of one text, and of a text of an item that is too large with longer ones. */
const LONGEST = 1_000;
const SHORTER = 150;

/** A name as an answer shows it, and as a client names it back to us. */
function shownName(name: string): string {
  return cut(oneLine(name), LONGEST);
}

/** Which of these names a client means by one that it was shown; else what it said, for the error about it. */
export function namedBy(shown: string, names: readonly string[]): string {
  return names.find((name) => shownName(name) === shown) ?? shown;
}

/**
 * The same value with every text in it as one line that can be shown, of a length that is bounded. `documents` are the
 * keys of texts that keep their line breaks: pages of this program, and files that were bounded before.
 */
export function shownValue<T>(value: T, documents: readonly string[] = [], most = LONGEST): T {
  const mapped = (item: unknown, key = ''): unknown => {
    if (typeof item === 'string') {
      return documents.includes(key) ? printedText(item) : cut(oneLine(item), most);
    }
    if (Array.isArray(item)) return item.map((one) => mapped(one, key));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, one]) => [name, mapped(one, name)]));
  };
  return mapped(value) as T;
}

/** An item of a list, its texts cut shorter where it would not fit with all of them. */
export function shownItem<T>(item: T, documents: readonly string[], room: number): T {
  const whole = shownValue(item, documents);
  return sizeOf(whole) <= room ? whole : shownValue(item, documents, SHORTER);
}

/** Bytes that a value takes as JSON. */
export function sizeOf(value: unknown): number {
  return byteLength(JSON.stringify(value));
}

/** Lines as the text of an answer. What is too long ends where a line ends, and says so. */
export function shownLines(lines: readonly Line[]): string {
  const text = printedLines(lines);
  if (byteLength(text) <= MOST_TEXT) return text;
  const end = '[cut here: the structured content has the rest, or ask for less]\n';
  const head = cut(text, MOST_TEXT - byteLength(end) - byteLength('\n')).slice(0, -1);
  return `${head.slice(0, head.lastIndexOf('\n') + 1)}${end}`;
}

/** An error as one line. Its message may hold a name or a value of any length. */
export function shownError(error: unknown): string {
  return shownName(error instanceof Error ? error.message || error.name : String(error));
}
