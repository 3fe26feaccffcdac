/** Keys after which everything is forgotten. A fleet has few kinds of nodes; what is made up has no end of them. */
const MOST = 10_000;

/**
 * Remembers what a pure function made of each key, so that nodes alike cost one look each. It forgets all where keys
 * have no end, so that it takes a bounded amount of memory whatever nodes say. `npm run bench:judge` measures what it saves.
 */
export function remembered<K, V>(make: (key: K) => V, most = MOST): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const before = made.get(key);
    if (before !== undefined || made.has(key)) return before as V;
    if (made.size >= most) made.clear();
    const now = make(key);
    made.set(key, now);
    return now;
  };
}

/** The same for objects that are known by themselves: it is forgotten with the object. */
export function rememberedOf<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const before = made.get(key);
    if (before !== undefined || made.has(key)) return before as V;
    const now = make(key);
    made.set(key, now);
    return now;
  };
}

type Level = Map<unknown, unknown>;

/** Where what was made stands among further parts: no part is this one. */
const MADE = Symbol('made');

/**
 * The same for keys of several parts: the same parts in the same order are one key. They are looked up one by one, as
 * building a text of them costs ten times as much.
 */
export function rememberedParts<P extends readonly unknown[], V extends object>(
  make: (parts: P) => V,
  most = MOST,
): (parts: P) => V {
  let first: Level = new Map();
  let size = 0;
  return (parts) => {
    const before = levelOf(first, parts).get(MADE);
    if (before !== undefined) return before as V;
    if (size >= most) [first, size] = [new Map(), 0];
    const now = make(parts);
    levelOf(first, parts).set(MADE, now);
    size += 1;
    return now;
  };
}

function levelOf(first: Level, parts: readonly unknown[]): Level {
  let level = first;
  for (const part of parts) {
    let next = level.get(part) as Level | undefined;
    if (next === undefined) level.set(part, (next = new Map()));
    level = next;
  }
  return level;
}
