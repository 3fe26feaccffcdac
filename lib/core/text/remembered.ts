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
