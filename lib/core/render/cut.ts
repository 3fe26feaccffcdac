import { oneLine } from '../text/printable.js';

const utf8 = new TextEncoder();

/** Length in UTF-8, the unit in which SNS and mail count. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/** At most this many bytes (3 or more) of a text; a cut text ends in `…`, and no character is split. */
export function cut(text: string, most: number): string {
  if (byteLength(text) <= most) return text;
  const { read } = utf8.encodeInto(text, new Uint8Array(most - byteLength('…')));
  return `${text.slice(0, read)}…`;
}

/**
 * The same at the end of a sentence, or else of a word: what people read is not cut within one, unless a single
 * word is too long.
 */
export function cutWords(text: string, most: number): string {
  if (byteLength(text) <= most) return text;
  const head = cut(text, most).slice(0, -1);
  const sentence = head.lastIndexOf('. ');
  if (sentence > head.length / 3) return head.slice(0, sentence + 1);
  const word = head.lastIndexOf(' ');
  return word > head.length / 3 ? `${head.slice(0, word).trimEnd()}…` : `${head}…`;
}

/** `2026-11-24 08:00 UTC`, of a full time of ISO 8601; another text as it is. */
export function timeText(time: string): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/.exec(time) ?? [];
  return day === undefined || minute === undefined ? cut(time, 40) : `${day} ${minute} UTC`;
}

/** Text of a node or a name as one line that can be shown, at most this many bytes long. */
export function shown(text: string, most = 200): string {
  return cut(oneLine(text), most);
}

/** The longest beginning of a list that fits into `room`. Looks at no item beyond it. */
export function fitting<T>(items: readonly T[], room: number, size: (item: T) => number): T[] {
  let left = room;
  const over = items.findIndex((item) => {
    left -= size(item);
    return left < 0;
  });
  return items.slice(0, over === -1 ? items.length : over);
}

/** Bytes of the blank line between two blocks of text. */
const BLANK_LINE = 2;

/**
 * The first items whose texts fit into `room` bytes, blank lines included. Keeps a text whole or not at all,
 * and makes none for items far beyond.
 */
export function textsWithin<T, S extends string>(
  items: readonly T[],
  room: number,
  textOf: (item: T) => S,
): { readonly item: T; readonly text: S }[] {
  const told: { item: T; text: S }[] = [];
  let left = room;
  for (const item of items) {
    const text = textOf(item);
    left -= byteLength(text) + BLANK_LINE;
    if (left < 0) break;
    told.push({ item, text });
  }
  return told;
}
