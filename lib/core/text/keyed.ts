import * as v from 'valibot';
import { near } from './near.js';
import { printable } from './printable.js';

const OBJECT = 'should be an object';

/** An object as JSON has it: valibot alone takes a list for one. */
const anObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  OBJECT,
);

/**
 * The schema of an object with these keys and no other. A key that is not known is refused, with the
 * known one that is nearest: what is misspelt must not fall back to a default unheard.
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

/** What the schema of a key says of a wrong value, which is what is to be said where there is none. */
function messageOf(schema: v.ObjectEntries[string] | undefined): string | undefined {
  if (schema === undefined || !('message' in schema)) return undefined;
  return typeof schema.message === 'string' ? schema.message : undefined;
}
