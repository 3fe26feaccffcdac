import { randomBytes } from 'node:crypto';

/** A name for a new run that sorts by time: `20261123T083614Z-4f2a9c`. */
export function newRunId(now: Date = new Date()): string {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
