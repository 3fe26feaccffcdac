import type { Input } from './input.js';

/** A branch while it grows: parameter names split at their dots. */
interface Branch {
  [name: string]: Branch | string;
}

/** Deeper names than any operation here has; also keeps a hostile name from building a tall tree. */
const DEEPEST = 6;

/**
 * Builds lists and structures from the flat names of the query protocol: `Filter.1.Name=x` becomes
 * `{Filter: [{Name: 'x'}]}`. Numbers are only order: gaps are closed.
 */
export function queryTree(params: Iterable<readonly [string, string]>): Input {
  const root: Branch = {};
  for (const [name, value] of params) {
    const path = name.split('.');
    const leaf = path.pop();
    if (leaf === undefined || path.length >= DEEPEST) continue;
    let branch = root;
    for (const part of path) branch = child(branch, part);
    define(branch, leaf, value);
  }
  return settle(root) as Input;
}

function child(branch: Branch, name: string): Branch {
  const known = Object.hasOwn(branch, name) ? branch[name] : undefined;
  return typeof known === 'object' ? known : define(branch, name, {});
}

/** An own property always, so that a parameter named `__proto__` is a parameter. */
function define<T extends Branch | string>(branch: Branch, name: string, value: T): T {
  Object.defineProperty(branch, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return value;
}

function settle(branch: Branch | string): unknown {
  if (typeof branch === 'string') return branch;
  const entries = Object.entries(branch);
  if (entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))) {
    return entries
      .sort(([one], [other]) => Number(one) - Number(other))
      .map(([, value]) => settle(value));
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, settle(value)]));
}
