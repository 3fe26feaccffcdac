import type { Churn } from '../snapshot.js';
import { MAX_COUNTER, MAX_UINT32, numbers, object, seconds, whole } from './fields.js';

/** Seconds after which a command of ours has ended, delivery and all, with room to spare. */
const LONGEST_PROBE = 3_600;

/** The second reading, a few seconds after the first. Nothing where no time has passed between the two. */
export function parseChurn(answer: Readonly<Record<string, unknown>>): Churn | undefined {
  const later = object(answer['later']);
  const passed = seconds(later?.['seconds'], LONGEST_PROBE);
  const first = whole(answer['entries'], MAX_UINT32);
  const second = whole(later?.['entries'], MAX_UINT32);
  if (passed === undefined || passed === 0) return undefined;
  if (first === undefined || second === undefined) return undefined;
  const counters = numbers(later?.['stat'], MAX_COUNTER) ?? {};
  return { seconds: passed, entries: second - first, counters };
}
