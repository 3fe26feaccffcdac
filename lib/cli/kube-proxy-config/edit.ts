import { isDeepStrictEqual } from 'node:util';
import { isNode, isScalar, type Document } from 'yaml';
import { blockNode, blockOf, readConfiguration, refuseUnlessJson } from './read.js';
import type { Configuration } from './read.js';
import type { Wanted } from './wanted.js';

/** Whether this configuration has every value that is wanted. Fails on one that is not understood. */
export function holds(text: string, wanted: Wanted): boolean {
  return isHeldBy(readConfiguration(text), wanted);
}

/**
 * The same configuration with these values in its conntrack block; the very same text where it has them.
 * What was made is read again before it is given out: it has what is wanted, and all else as it was.
 */
export function edited(text: string, wanted: Wanted): string {
  const before = readConfiguration(text);
  if (isHeldBy(before, wanted)) return text;
  const isJson = text.trimStart().startsWith('{');
  const otherwise = () =>
    isJson ? editedJson(text, wanted) : editedYaml(text, before.document, wanted);
  const made = withScalars(text, before.document, wanted) ?? otherwise();
  proveEdit(before, made, wanted);
  return made;
}

/** Fails unless `made` is what `before` was with the wanted values, to readers of each version of YAML. */
export function proveEdit(before: Configuration, made: string, wanted: Wanted): void {
  const after = readConfiguration(made);
  if (made.trimStart().startsWith('{')) refuseUnlessJson(made);
  const asked = before.readings.map((reading) => ({
    ...reading,
    conntrack: { ...blockOf(reading), ...Object.fromEntries(exact(wanted)) },
  }));
  if (isDeepStrictEqual(after.readings, asked)) return;
  throw new Error('this form cannot be edited without changing something else: edit it by hand');
}

function isHeldBy({ readings }: Configuration, wanted: Wanted): boolean {
  return readings.every((reading) => {
    const block = blockOf(reading);
    return exact(wanted).every(([name, value]) => block[name] === value);
  });
}

/** Whole numbers as the reader gives them: exact, however long they are. */
function exact(wanted: Wanted) {
  return [...wanted].map(
    ([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value] as const,
  );
}

/** The text with nothing but the values replaced; nothing where one of them is not there yet. */
function withScalars(text: string, document: Document, wanted: Wanted): string | undefined {
  const block = blockNode(document);
  const put = text.trimStart().startsWith('{') ? JSON.stringify : String;
  const places = [...wanted].flatMap(([name, value]) => {
    const node = block?.get(name, true);
    const [from, to] = (isScalar(node) && node.range) || [0, 0];
    return to > from ? [{ from, to, put: put(value) }] : [];
  });
  if (places.length < wanted.size) return undefined;
  // From the end, so that the places before stay where they are.
  return places
    .sort((a, b) => b.from - a.from)
    .reduce((now, place) => now.slice(0, place.from) + place.put + now.slice(place.to), text);
}

function editedYaml(text: string, document: Document, wanted: Wanted): string {
  const block = blockNode(document);
  if (block === undefined) {
    const empty = document.get('conntrack', true);
    const made = document.createNode(Object.fromEntries(wanted));
    // A remark beside `conntrack:` stays with it.
    if (isNode(empty) && typeof empty.comment === 'string') made.commentBefore = empty.comment;
    document.set('conntrack', made);
  } else {
    if (block.items.length === 0) block.flow = false;
    for (const [name, value] of wanted) block.set(name, value);
  }
  return document.toString({ lineWidth: 0, ...styleOf(text) });
}

/** How the text is indented, so that the rest of it stays as it is written. */
function styleOf(text: string) {
  const indent = /^[^\s#-][^\n]*:[ \t]*\r?\n( {1,8})[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
  const flush = /^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text);
  return { indent, indentSeq: !flush };
}

function editedJson(text: string, wanted: Wanted): string {
  const value = JSON.parse(text) as Record<string, unknown>;
  const block = (value['conntrack'] ?? {}) as Record<string, unknown>;
  const indent = /^\{\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? 0;
  const made = { ...value, conntrack: { ...block, ...Object.fromEntries(wanted) } };
  return JSON.stringify(made, null, indent) + (text.endsWith('\n') ? '\n' : '');
}
