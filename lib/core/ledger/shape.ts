import { object } from '../node/parse/fields.js';

export type Check = (value: unknown) => boolean;

/** One check for each key of a type; a key that may be absent has one that `undefined` passes. */
export type Shape<T> = { readonly [K in keyof Required<T>]: Check };

/** The value with the keys of the shape and no other; nothing if a check fails. */
export function shaped<T>(value: unknown, shape: Shape<T>): T | undefined {
  const fields = object(value);
  const checks = Object.entries<Check>(shape);
  if (fields === undefined || !checks.every(([key, check]) => check(fields[key]))) return undefined;
  // What holds nothing else is not copied: a ledger has thousands of entries.
  if (Object.keys(fields).every((key) => Object.hasOwn(shape, key))) return fields as T;
  const kept = checks.filter(([key]) => fields[key] !== undefined);
  return Object.fromEntries(kept.map(([key]) => [key, fields[key]])) as T;
}

export function text(value: unknown): boolean {
  return typeof value === 'string';
}

/** A time in UTC, as `Date` writes it or without its milliseconds. */
export function time(value: unknown): boolean {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
  return typeof value === 'string' && form.test(value) && !Number.isNaN(Date.parse(value));
}

export function wholeFrom(least: number): Check {
  return (value) => Number.isSafeInteger(value) && Number(value) >= least;
}

export function oneOf(allowed: readonly string[]): Check {
  return (value) => typeof value === 'string' && allowed.includes(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function listOf(check: Check, least = 0, most = Infinity): Check {
  return (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    value.every((item) => check(item));
}

/** An object whose keys and values all pass. */
export function mapOf(key: Check, check: Check): Check {
  return (value) => {
    const fields = object(value);
    return fields !== undefined && Object.entries(fields).every(([k, v]) => key(k) && check(v));
  };
}
