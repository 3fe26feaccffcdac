import type { ServiceError } from './service-error.js';

/** One page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** Cuts one page out of a list. Tokens are opaque to clients, as the services' own are. */
export function page<T>(
  items: readonly T[],
  size: number,
  token: string | undefined,
  invalidToken: () => ServiceError,
): Page<T> {
  const start = token === undefined ? 0 : offsetOf(token);
  if (start === undefined || (token !== undefined && start >= items.length)) throw invalidToken();
  const end = start + size;
  const found = items.slice(start, end);
  return end < items.length ? { items: found, nextToken: tokenOf(end) } : { items: found };
}

function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function offsetOf(token: string): number | undefined {
  const digits = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
