import { oneLine } from '../text/printable.js';

/**
 * The same value with every text in it as one line that can be shown: the boundary of a format whose readers
 * show its texts as they are, however deep they stand.
 */
export function shownTexts<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item)]));
}
