import { createHash } from 'node:crypto';

/** The same digits for the same name, so that a fleet is the same in every run. */
export function digits(name: string, length: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, length);
}
