import { randomBytes } from 'node:crypto';

/** The name of the run of one tick of a schedule: `20261123T083614Z` of `2026-11-23T08:36:14Z`. */
export function tickRunId(scheduledTime: string): string {
  return scheduledTime.replace(/[-:]|\.\d+/g, '');
}

/** A name for a new run that sorts by time: `20261123T083614Z-4f2a9c`. */
export function newRunId(now: Date = new Date()): string {
  return `${tickRunId(now.toISOString())}-${randomBytes(3).toString('hex')}`;
}
