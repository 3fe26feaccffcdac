import { mapped } from '../../text/present.js';
import { remembered } from '../../text/remembered.js';

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

/** A number of the kernel that is 32 bits wide at most: a limit, a count of entries, seconds of a timeout. */
export const MAX_UINT32 = 4_294_967_295;

/** More seconds than any host was up, about 300 years. */
export const LONGEST = 1e10;

/** CPUs of a host: what Linux is built for at most. */
export const MAX_CPUS = 4_096;

/** A counter of the kernel that is 32 bits wide on each CPU, summed over them. */
export const MAX_COUNTER = MAX_CPUS * (MAX_UINT32 + 1);

/** A whole number from 0 to `most`; counters that exceed 2^53 are not believed, and no probe writes -0. */
export function whole(value: unknown, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return Number.isInteger(value) ? number(value, most) : undefined;
}

/** Seconds that may have a fraction, up to `most`. */
export function seconds(value: unknown, most = LONGEST): number | undefined {
  return number(value, most);
}

function number(value: unknown, most: number): number | undefined {
  const sound = typeof value === 'number' && value >= 0 && value <= most && !Object.is(value, -0);
  return sound ? value : undefined;
}

/** One short word of the characters that versions, ids and names of the kernel are made of. */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/+~-]{1,80}$/.test(value) ? value : undefined;
}

/** Whether a text has this form, which has so many characters at most. Nodes say few names, and each says them again. */
export function rememberedPattern(pattern: RegExp, longest: number): (text: string) => boolean {
  const is = remembered((text: string) => pattern.test(text));
  // What is longer is nothing to remember: a hostile node has much of it.
  return (text) => text.length <= longest && is(text);
}

type Numbers = Readonly<Record<string, number>>;

const isName = rememberedPattern(/^[a-z][a-z0-9_]{0,39}$/, 40);

/** A map from lower-case names to whole numbers up to `most`; entries that are neither are left out. */
export function numbers(value: unknown, most?: number): Numbers | undefined {
  const sound = wholes(value, isName, most, 64);
  return isEmpty(sound) ? undefined : sound;
}

function isEmpty(value: object): boolean {
  for (const name in value) if (Object.hasOwn(value, name)) return false;
  return true;
}

/**
 * Whole numbers up to `most` under the first `amount` names that `isSound` takes. The object itself where nothing is
 * left out, as it is of nearly every answer.
 */
export function wholes(
  value: unknown,
  isSound: (name: string) => boolean,
  most: number | undefined,
  amount: number,
): Numbers {
  const told = object(value) ?? {};
  const names = Object.keys(told);
  const isNumber = (name: string) => isSound(name) && whole(told[name], most) !== undefined;
  if (names.length <= amount && names.every(isNumber)) return told as Numbers;
  return mapped(told, names.filter(isNumber).slice(0, amount), (item) => whole(item, most));
}
