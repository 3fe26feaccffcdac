import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Mute } from '../core/mutes/mute.js';
import { muteSchema } from '../core/mutes/parse-mutes.js';
import { ParseError, parsed } from '../core/text/parsed.js';

/**
 * Reads the line of JSON from a message, or `rule=hot-node,cluster=prod,until=2026-12-01,reason=load
 * test, see 4711`: everything after `reason=` is the reason.
 */
export function muteOption(text: string, before: readonly Mute[] = []): Mute[] {
  try {
    return [...before, parsed(muteSchema, text.startsWith('{') ? fromJson(text) : fromPairs(text))];
  } catch (error) {
    if (error instanceof ParseError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ParseError(`should be whole JSON, got '${text}'`, { cause: error });
  }
}

function fromPairs(text: string): Record<string, string> {
  const [, pairs = '', reason] = /^(.*?)(?:(?:^|,)\s*reason=(.*))?$/s.exec(text) ?? [];
  const given = pairs === '' ? [] : pairs.split(',').map(pairOf);
  const all = reason === undefined ? given : [...given, ['reason', reason.trim()] as const];
  const keys = all.map(([key]) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new ParseError(`should have each key once, got '${twice}' twice`);
  return Object.fromEntries(all);
}

function pairOf(pair: string): readonly [string, string] {
  const [key = '', ...value] = pair.split('=');
  if (value.length > 0) return [key.trim(), value.join('=').trim()];
  throw new ParseError(
    `should be pairs such as rule=hot-node,until=2026-12-01,reason=load test, got '${pair}'`,
  );
}
