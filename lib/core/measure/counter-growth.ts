import { count } from '../text/format.js';
import { sinceLastAudit, withinProbe } from './since-boot.js';
import type { NodeFacts } from '../node/snapshot.js';

/** What a counter grew by, or several that are judged as one. */
export interface Grown {
  /** Since the last audit. Absent: this is the first sight of the node, or of the counter. */
  readonly between?: number;
  /** While the probe ran, which is not part of `between`. */
  readonly now: number;
}

/** The two times in which counters are seen to grow. */
type Since = Pick<NodeFacts, 'growth' | 'churn'>;

/**
 * What a column of `/proc/net/stat/nf_conntrack` grew by, or what an `amount` makes of it and those
 * beside it. A column that the last audit did not read is seen for the first time.
 */
export function grownBy(
  { growth, churn }: Since,
  column: string,
  amount = (counters: Readonly<Record<string, number>>) => counters[column] ?? 0,
): Grown {
  const now = churn === undefined ? 0 : amount(churn.counters);
  if (growth?.counters[column] === undefined) return { now };
  return { between: amount(growth.counters), now };
}

/** Whether it grew in either time. */
export function hasGrown({ between = 0, now }: Grown): boolean {
  return between > 0 || now > 0;
}

/** How much it grew in both times together. */
export function totalOf({ between = 0, now }: Grown): number {
  return between + now;
}

/** Over how many seconds that was; nothing where neither time is known. */
export function windowOf({ between }: Grown, { growth, churn }: Since): number | undefined {
  const seconds = (between === undefined ? 0 : (growth?.seconds ?? 0)) + (churn?.seconds ?? 0);
  return seconds === 0 ? undefined : seconds;
}

/**
 * How much, and over what time: `410 packets since the last audit 6 hours ago and 12 more within 2 s`.
 * Names only what is above 0.
 */
export function grownText(
  { between = 0, now }: Grown,
  words: (amount: number) => string,
  { growth, churn }: Since,
): string {
  const later = withinProbe(churn);
  if (between === 0 || growth === undefined) return `${words(now)} ${later}`;
  const earlier = `${words(between)} ${sinceLastAudit(growth)}`;
  return now === 0 ? earlier : `${earlier} and ${count(now)} more ${later}`;
}
