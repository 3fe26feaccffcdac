/** One key of several words, whatever is in them: no two lists have the same. */
export function joinedKey(...parts: readonly (string | undefined)[]): string {
  let key = '';
  for (const part of parts) key += part === undefined ? '-' : `${part.length}:${part}`;
  return key;
}
