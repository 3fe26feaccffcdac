import { percent } from '../text/format.js';
import type { Makeup } from '../node/makeup.js';

/** Standard deviations on either side that hold 95 of 100 samples. */
const Z = 1.96;

/** A share of the table, as far as the list that it was counted over tells it. */
export interface Share {
  /** 0..1. */
  readonly share: number;
  /** Half the width of the 95 % interval, 0..1; 0 where the whole table was counted. */
  readonly margin: number;
}

/**
 * The share that `part` of the listed entries has in a table of `entries`. Over a sample it carries the
 * error of a draw without replacement; nothing where no entry was listed.
 *
 * @see https://en.wikipedia.org/wiki/Margin_of_error#Effect_of_finite_population_size
 */
export function shareOf(
  part: number,
  { listed, whole }: Pick<Makeup, 'listed' | 'whole'>,
  entries: number,
): Share | undefined {
  if (listed === 0) return undefined;
  const share = Math.min(1, part / listed);
  const left = Math.max(0, 1 - listed / Math.max(listed, entries));
  // A share of 0 or 1 in a sample proves less than it seems: half an entry keeps its margin above 0.
  const spread = (Math.max(part, 0.5) / listed) * (1 - Math.min(part, listed - 0.5) / listed);
  return { share, margin: whole ? 0 : Z * Math.sqrt((spread / listed) * left) };
}

/** `58% ± 1%`, or `58%` where the margin is none. */
export function shareText({ share, margin }: Share): string {
  return margin === 0 ? percent(share) : `${percent(share)} ± ${percent(margin)}`;
}
