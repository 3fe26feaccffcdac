/**
 * Narrowing for what a node answered. Each function gives the value when it is what it should be,
 * and nothing when it is not: a damaged field becomes an absent fact, never a wrong one.
 */

/** A JSON object, not an array. */
export function object(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A whole number from 0 to `most`; counters that exceed 2^53 are not believed. */
export function whole(value: unknown, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    ? value
    : undefined;
}

/** Seconds that may have a fraction. */
export function seconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** One short word of the characters that versions, ids and names of the kernel are made of. */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/+~-]{1,80}$/.test(value) ? value : undefined;
}

/** A map from lower-case names to whole numbers; entries that are neither are left out. */
export function numbers(value: unknown): Readonly<Record<string, number>> | undefined {
  const fields = Object.entries(object(value) ?? {}).slice(0, 64);
  const sound = fields.filter(
    ([name, item]) => /^[a-z][a-z0-9_]{0,39}$/.test(name) && whole(item) !== undefined,
  );
  return sound.length === 0 ? undefined : (Object.fromEntries(sound) as Record<string, number>);
}
