/** Something that holds for as long as its cause lasts. */
export interface Standing {
  /** Names it from audit to audit: `gap:eks:DescribeCluster`. */
  readonly key: string;
  readonly text: string;
  /** In which audit in a row it is told: what may pass by itself waits for the second one. */
  readonly toldIn: 1 | 2;
}

/** What to say of all that stands. */
export interface Standings {
  /** By key: in how many audits in a row, this one counted. For the next ledger. */
  readonly counts: Readonly<Record<string, number>>;
  /** Told now, by themselves if need be. */
  readonly news: readonly string[];
  /** Told before. Said again beside other news. */
  readonly known: readonly string[];
}

/** Compares what holds with what held in the audit before. */
export function standings(
  all: readonly Standing[],
  before: Readonly<Record<string, number>> = {},
): Standings {
  const counted = all.map((one) => ({ ...one, count: (before[one.key] ?? 0) + 1 }));
  const textsOf = (isWanted: (one: (typeof counted)[number]) => boolean) =>
    counted.filter(isWanted).map(({ text }) => text);
  return {
    counts: Object.fromEntries(counted.map(({ key, count }) => [key, count] as const).sort(byKey)),
    news: textsOf(({ count, toldIn }) => count === toldIn),
    known: textsOf(({ count, toldIn }) => count > toldIn),
  };
}

function byKey([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
