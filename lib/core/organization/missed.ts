import { present } from '../text/present.js';
import { byPlace, placeOf } from './overview.js';
import type { PartRecord, Place } from './part.js';

/**
 * Seconds that an audit may be late: its schedule may move it by 15 minutes, and it takes its time. As the alarm of an
 * auditor that stands alone has them.
 */
const LATE_SECONDS = 4_500;

/** An account and Region that did not audit when it should have: the hub's own finding. */
export interface MissedAudit extends Place {
  /** ISO 8601, UTC: when its last audit began. Absent: there never was one. */
  readonly lastAt?: string;
  /** Seconds in which there should have been another. Absent: there never was one. */
  readonly cadenceSeconds?: number;
}

/**
 * Who fell silent. `expected`: the places that should audit; absent: those that ever did, which are all that is known.
 * A place that is expected no more has nothing to miss.
 */
export function missedAudits(
  records: readonly PartRecord[],
  now: string,
  expected?: readonly Place[],
): MissedAudit[] {
  const at = Date.parse(now);
  const wanted = expected && new Set(expected.map(keyOf));
  const known = new Set(records.map((record) => keyOf(placeOf(record))));
  const late = records.flatMap((record) => {
    const { startedAt, cadenceSeconds } = record;
    const place = placeOf(record);
    if (wanted?.has(keyOf(place)) === false || cadenceSeconds === undefined) return [];
    const due = Date.parse(startedAt) + (cadenceSeconds + LATE_SECONDS) * 1_000;
    return at > due ? { ...place, lastAt: startedAt, cadenceSeconds } : [];
  });
  const never = (expected ?? [])
    .filter((place) => !known.has(keyOf(place)))
    .map(({ account, name, region }) => ({ account, region, ...present({ name }) }));
  return [...late, ...never].sort(byPlace);
}

function keyOf({ account, region }: Place): string {
  return `${account}/${region}`;
}
