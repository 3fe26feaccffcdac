import type * as v from 'valibot';
import { ConfigurationError, configured } from '../lib/constructs/configuration-error.js';
import { parsed } from '../lib/core/text/parsed.js';

/** Reads one key of the CDK context; undefined if it was not given. */
export type ReadContext = (key: string) => unknown;

/** A text that the schema of the configuration file takes. */
export function checked<T>(
  read: ReadContext,
  key: string,
  schema: v.GenericSchema<unknown, T>,
): T | undefined {
  const value = text(read, key);
  return value === undefined ? undefined : configured(() => parsed(schema, value, { key }));
}

/** `-c` gives text; a value in cdk.json may be a number or a boolean as well. */
export function text(read: ReadContext, key: string): string | undefined {
  const value = read(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ConfigurationError(`'${key}' should be text, got ${JSON.stringify(value)}`);
  }
  const trimmed = String(value).trim();
  if (trimmed === '') throw new ConfigurationError(`'${key}' should not be empty, got '${value}'`);
  return trimmed;
}

export function list(read: ReadContext, key: string): string[] | undefined {
  const items = text(read, key)
    ?.split(',')
    .map((item) => item.trim());
  if (items?.includes('')) {
    throw new ConfigurationError(
      `'${key}' should not hold an empty item, got '${items.join(',')}'`,
    );
  }
  return items;
}

export function number(read: ReadContext, key: string): number | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  if (!/^\d*\.?\d+$/.test(value)) {
    throw new ConfigurationError(`'${key}' should be a number such as 0.7, got '${value}'`);
  }
  return Number(value);
}

export function flag(read: ReadContext, key: string): boolean | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') {
    throw new ConfigurationError(`'${key}' should be true or false, got '${value}'`);
  }
  return value === 'true';
}
