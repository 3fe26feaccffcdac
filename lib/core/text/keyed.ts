import * as v from 'valibot';
import { near } from './near.js';
import { printable } from './printable.js';

const OBJECT = 'should be an object';

/** An object of JSON: valibot alone also accepts a list. */
const anObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  OBJECT,
);

/**
 * The schema of an object with these keys and no other. It refuses an unknown key and names the nearest
 * known one: a misspelt key must not fall back to a default without a word.
 */
export function keyed<const E extends v.ObjectEntries>(entries: E) {
  const known = Object.keys(entries);
  return v.pipe(
    anObject,
    v.strictObject(entries, ({ expected, path }) => {
      const key = String(path?.at(-1)?.key);
      return expected === 'never' ? unknownKey(key, known) : (messageOf(entries[key]) ?? OBJECT);
    }),
  );
}

function unknownKey(key: string, known: readonly string[]): string {
  const [nearest] = near(key, known);
  const hint = nearest === undefined ? `only ${known.join(', ')}` : `did you mean '${nearest}'?`;
  return `has no '${printable(key)}', ${hint}`;
}

/** A missing key gets the message of a wrong value. */
function messageOf(schema: v.ObjectEntries[string] | undefined): string | undefined {
  if (schema === undefined || !('message' in schema)) return undefined;
  return typeof schema.message === 'string' ? schema.message : undefined;
}
