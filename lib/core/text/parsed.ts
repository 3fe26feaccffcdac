import * as v from 'valibot';
import { printable } from './printable.js';

/** A value that its schema refuses. The message names it, and what is allowed. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}

/** Where a value stands, for the message about it. */
export interface Place {
  /** The file, or another holder: `conntrack-auditor.yaml`. */
  readonly name?: string;
  /** The key under which it stands there: `silences`. */
  readonly key?: string;
}

/** One line names so many issues, and counts the rest. */
const MOST = 3;

/** What the schema makes of a value. Fails with one line that names each key, its value and what is allowed. */
export function parsed<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  place: Place = {},
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { message: expectation });
  if (result.success) return result.output;
  throw new ParseError(issuesLine(result.issues, place));
}

/** `run.json: 'thresholds.warningUsage' should be a share greater than 0 and at most 1, got 1.5`. */
function issuesLine(issues: readonly v.BaseIssue<unknown>[], { name, key }: Place): string {
  const said = issues.slice(0, MOST).map((issue) => {
    const path = pathOf(issue, key);
    const isUnknown = isAboutKey(issue);
    const got = isUnknown || issue.message === MISSING ? '' : `, got ${shown(issue.input)}`;
    return { path, says: `${issue.message}${got}` };
  });
  const more = issues.length > MOST ? [`${issues.length - MOST} more are wrong`] : [];
  const [first] = said;
  if (first !== undefined && first.path === '') return `${name ?? 'the value'} ${first.says}`;
  const each = said.map(({ path, says }) => `${path === '' ? 'the value' : `'${path}'`} ${says}`);
  const line = [...each, ...more].join('; ');
  return name === undefined ? line : `${name}: ${line}`;
}

/** A value as a message quotes it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${printable(value)}'`;
  return typeof value === 'number' ? String(value) : printable(JSON.stringify(value));
}

/** Whether the issue is an unknown key, about which `keyed` complains at its object. */
function isAboutKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

function pathOf(issue: v.BaseIssue<unknown>, key = ''): string {
  const keys = (issue.path ?? []).map((item) => item.key);
  return (isAboutKey(issue) ? keys.slice(0, -1) : keys).reduce<string>((path, one) => {
    if (typeof one === 'number') return `${path}[${one}]`;
    return path === '' ? printable(String(one)) : `${path}.${printable(String(one))}`;
  }, key);
}

const words: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

const kinds: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  finite: 'a number that is not infinite',
  iso_timestamp: 'a time of ISO 8601',
};

const bounds: readonly (readonly [sign: string, words: string])[] = [
  ['>=', 'at least '],
  ['<=', 'at most '],
  ['>', 'greater than '],
];

/** For schemas that say nothing themselves. */
function expectation(issue: v.BaseIssue<unknown>): string {
  return isMissing(issue) ? MISSING : `should be ${allowed(issue)}`;
}

const MISSING = 'is missing';

/** Whether the object lacks the key: valibot then expects its name. */
function isMissing({ expected, received }: v.BaseIssue<unknown>): boolean {
  return received === 'undefined' && expected?.startsWith('"') === true;
}

function allowed({ expected, type }: v.BaseIssue<unknown>): string {
  if (expected === null) return kinds[type] ?? 'otherwise';
  const bound = bounds.find(([sign]) => expected.startsWith(sign));
  if (bound !== undefined) return `${bound[1]}${expected.slice(bound[0].length)}`;
  if (expected.includes(' | '))
    return `one of ${expected.replace(/[()"]/g, '').replaceAll(' | ', ', ')}`;
  return words[expected] ?? expected;
}
