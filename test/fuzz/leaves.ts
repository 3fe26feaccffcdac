/** A text or a number somewhere in a value. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number;
}

/** Every text and every number of a value, wherever it stands. */
export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** The same value with something else at one place. */
export function replaced<T>(value: T, path: readonly string[], by: unknown): T {
  return replacedIn(value, path, by) as T;
}

function replacedIn(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) =>
      String(at) === key ? replacedIn(item, rest, by) : item,
    );
  }
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replacedIn(fields[key], rest, by) };
}
