import { ServiceError } from './service-error.js';

/** The parameters of one call, unchanged from the wire. */
export type Input = Readonly<Record<string, unknown>>;

/** Whole numbers that a parameter may take. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Error code of each service for an impossible parameter. */
export type Refusal = (message: string) => ServiceError;

/** How Systems Manager words a constraint. */
export const validation: Refusal = (message) =>
  new ServiceError('ValidationException', `1 validation error detected: ${message}`);

/** How EC2 words one. */
export const invalidValue: Refusal = (message) =>
  new ServiceError('InvalidParameterValue', message);

/** True for a JSON object, false for a list, `null` and everything else. */
export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or nothing where the parameter is absent. */
export function text(input: Input, name: string, refuse = validation): string | undefined {
  const value = input[name];
  if (value === undefined || typeof value === 'string') return value;
  throw refuse(`Value at '${name}' must be a string`);
}

/** A text that the call needs. */
export function requiredText(input: Input, name: string, refuse = validation): string {
  const value = text(input, name, refuse);
  if (value === undefined) throw refuse(`Value null at '${name}' must not be null`);
  return value;
}

/** A list of texts; empty where the parameter is absent. */
export function texts(input: Input, name: string, refuse = validation): string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw refuse(`Value at '${name}' must be a list of strings`);
}

/** A list of objects; empty where the parameter is absent. */
export function objects(input: Input, name: string, refuse = validation): Input[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw refuse(`Value at '${name}' must be a list of structures`);
}

/** A whole number within its range; a query string's digits count as a number. */
export function whole(
  input: Input,
  name: string,
  range: Range,
  refuse = validation,
): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) {
    if (number >= range.min && number <= range.max) return number;
  }
  throw refuse(
    `Value '${JSON.stringify(value)}' at '${name}' failed to satisfy constraint: Member must have value between ${range.min} and ${range.max}`,
  );
}

/** Refuses the parameters that this account would have to ignore: an ignored one gives a false answer. */
export function refuseUnsupported(input: Input, supported: readonly string[]): void {
  const others = Object.keys(input).filter((name) => !supported.includes(name));
  if (others.length === 0) return;
  throw validation(
    `the simulated account does not support ${others.join(', ')}; supported: ${supported.join(', ')}`,
  );
}
