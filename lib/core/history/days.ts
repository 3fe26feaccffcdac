const DAY_MILLISECONDS = 86_400_000;

/** A period: its first and last day, as ISO dates in UTC. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * The last days of a history, counted back from its newest: a copy of last week still answers. Nothing
 * for an empty history.
 */
export function lastDays(held: readonly string[], days: number): Period | undefined {
  const to = [...held].sort().at(-1);
  if (to === undefined) return undefined;
  const first = new Date(Date.parse(`${to}T00:00:00Z`) - (days - 1) * DAY_MILLISECONDS);
  return { from: first.toISOString().slice(0, 10), to };
}

/** Whether a day is one of the period. */
export function isWithin(day: string, { from, to }: Period): boolean {
  return day >= from && day <= to;
}
