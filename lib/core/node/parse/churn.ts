import type { Churn } from '../snapshot.js';
import { numbers, object, seconds, whole } from './fields.js';

/** The second reading, a few seconds after the first. Nothing where no time has passed between the two. */
export function parseChurn(answer: Readonly<Record<string, unknown>>): Churn | undefined {
  const later = object(answer['later']);
  const passed = seconds(later?.['seconds']);
  const [first, second] = [whole(answer['entries']), whole(later?.['entries'])];
  if (passed === undefined || passed === 0) return undefined;
  if (first === undefined || second === undefined) return undefined;
  const counters = numbers(later?.['stat']) ?? {};
  return { seconds: passed, entries: second - first, counters };
}
