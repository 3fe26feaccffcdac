import { oneLine } from '../../text/printable.js';
import { shownTexts } from '../shown-texts.js';

/**
 * Markup that has passed this boundary. Only the functions of this file make it: a text that was not escaped cannot
 * stand in the page, as it does not compile.
 */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** For the functions of this file. */
  static of(door: typeof key, text: string): Html {
    if (door !== key) throw new Error('markup is made by html`...`');
    return new Html(text);
  }

  toString(): string {
    return this.#text;
  }
}

const key = Symbol('html');

/** What may stand between the parts of a template: a text is escaped, markup is not, nothing is nothing. */
export type Part = string | number | Html | undefined | readonly Part[];

/** Markup from a template. Line breaks of the template, and what indents it, are one line break. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = texts.map((text, at) => text.replace(/\n\s*/g, '\n') + shown(parts[at]));
  return Html.of(key, written.join(''));
}

/** A style or script of this program, as it is. Fails on what would end its element. */
export function ownText(text: string): Html {
  if (/<[/!]/.test(text)) throw new Error('a style or script should not hold </ or <!');
  return Html.of(key, text);
}

/**
 * Data for the script of the page: JSON in which every text can be shown, and none ends the element. Whoever reads
 * it writes texts as texts, never as markup.
 */
export function dataText(value: unknown): Html {
  return Html.of(key, JSON.stringify(shownTexts(value)).replaceAll('<', '\\u003c'));
}

function shown(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return part instanceof Html ? part.toString() : part.map(shown).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text of an element, and between the quotation marks of an attribute. */
function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (one) => entities[one] ?? '');
}
