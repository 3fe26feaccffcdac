import { HIDDEN } from './printable.js';

/** What JSON can say, and so what an expression of HCL can. */
export type HclValue =
  string | number | boolean | null | readonly HclValue[] | { readonly [key: string]: HclValue };

/** What a quoted string writes with an escape: each of these would end it, begin a template, or not be seen. */
const ESCAPED = new RegExp(`["\\\\]|[$%](?=\\{)|${HIDDEN.source}`, 'gu');

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  $: '$$',
  '%': '%%',
};

/**
 * A string of HCL that reads as this text, whatever is in it. The language knows no halves of characters:
 * each becomes U+FFFD, and it reads every text in Unicode's form C.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions
 */
export function hclString(text: string): string {
  return `"${text.toWellFormed().replace(ESCAPED, (one) => escapes[one] ?? codePoint(one))}"`;
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** The same, on lines of its own where the text is made of whole lines that people can read. */
export function hclText(text: string): string {
  const lines = text.split('\n');
  const whole = lines.length > 1 && lines.at(-1) === '';
  if (!whole || lines.some((line) => hidden(line))) return hclString(text);
  const end = freeWord(lines);
  return `<<${end}\n${text.replace(/[$%](?=\{)/g, (one) => escapes[one] ?? one)}${end}`;
}

/** A heredoc has no escape for what nobody sees. */
function hidden(line: string): boolean {
  return line.replaceAll('\t', '').search(HIDDEN) >= 0;
}

/** What ends the text: a word that stands alone on none of its lines. */
function freeWord(lines: readonly string[]): string {
  const taken = new Set(lines.map((line) => line.trim()));
  let word = 'EOT';
  while (taken.has(word)) word += '_';
  return word;
}

/** An expression that reads as this value, laid out as `terraform fmt` does. */
export function hclValue(value: HclValue, indent = ''): string {
  if (typeof value === 'string') return hclText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`should be a finite number, got ${value}`);
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return list(value, indent);
  const entries = Object.entries(value);
  return entries.length === 0 ? '{}' : `{\n${attributes(entries, `${indent}  `)}${indent}}`;
}

function isList(value: object): value is readonly HclValue[] {
  return Array.isArray(value);
}

function list(items: readonly HclValue[], indent: string): string {
  const inner = `${indent}  `;
  if (!items.some((item) => item !== null && typeof item === 'object')) {
    return `[${items.map(scalar).join(', ')}]`;
  }
  return `[\n${items.map((item) => `${inner}${nested(item, inner)},\n`).join('')}${indent}]`;
}

/** In a list a text of several lines would have its comma on the next one. */
function nested(item: HclValue, indent: string): string {
  return typeof item === 'string' ? hclString(item) : hclValue(item, indent);
}

function scalar(item: HclValue): string {
  return nested(item, '');
}

/** Lines `key = value`; neighbours of one line have their `=` below each other. */
function attributes(entries: readonly (readonly [string, HclValue])[], indent: string): string {
  const written = entries.map(([key, value]) => [hclKey(key), hclValue(value, indent)] as const);
  return written
    .map(([key, value], at) => `${indent}${key.padEnd(widthAt(written, at))} = ${value}\n`)
    .join('');
}

/** The longest key of the neighbours that stand on one line each, this one among them. */
function widthAt(written: readonly (readonly [string, string])[], at: number): number {
  const breaks = (index: number) => written[index]?.[1].includes('\n') ?? true;
  if (breaks(at)) return 0;
  let [first, last] = [at, at];
  while (!breaks(first - 1)) first -= 1;
  while (!breaks(last + 1)) last += 1;
  return Math.max(...written.slice(first, last + 1).map(([key]) => key.length));
}

const words = new Set(['for', 'if', 'in', 'null', 'true', 'false']);

function hclKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && !words.has(key) ? key : hclString(key);
}
