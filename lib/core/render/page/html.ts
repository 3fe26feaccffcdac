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

/**
 * The element of a style or script of this program, to the letter: the policy of the page names it by its hash. Fails
 * on what would end the element.
 */
export function ownElement(name: 'style' | 'script', text: string): Html {
  if (/<[/!]/.test(text)) throw new Error(`a ${name} should not hold </ or <!`);
  return Html.of(key, `<${name}>${text}</${name}>`);
}

/**
 * Data for the script of the page, in the element that it looks for: JSON in which every text can be shown, and none
 * ends the element. Who reads it writes texts as texts, never as markup.
 */
export function dataElement(value: unknown): Html {
  const json = JSON.stringify(shownTexts(value)).replaceAll('<', '\\u003c');
  return Html.of(key, `<script type="application/json" id="data">${json}</script>`);
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
