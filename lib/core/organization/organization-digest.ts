import { usdAMonth } from './cost.js';
import { missedAudits, type MissedAudit } from './missed.js';
import { overviewOf, type Overview } from './overview.js';
import type { PartRecord, Place } from './part.js';

/** Raised if a field of the message goes away or changes its meaning; not for a new field. */
export const ORGANIZATION_SCHEMA_VERSION = 1;

/** House limits, so that a message stays one: the bucket has all. */
const MOST_CASES = 20;
const MOST_ACTIONS = 10;
const MOST_PLACES = 10;
const MOST_MISSED = 100;
const MOST_UNREAD = 20;

/** A record that could not be read. */
export interface UnreadRecord {
  readonly key: string;
  readonly why: string;
}

/** What a hub tells of its organization: the newest audit of each account and Region, as one picture. */
export interface OrganizationDigest {
  readonly schemaVersion: typeof ORGANIZATION_SCHEMA_VERSION;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The picture of the newest audits; its lists are cut. */
  readonly overview: Omit<Overview, 'gaps' | 'audits'>;
  /** Accounts x Regions: those that are known or expected, those that audit in time, and those without a cluster. */
  readonly auditors: { readonly known: number; readonly inTime: number; readonly empty: number };
  /** Those of them in which services kept something from the audit. */
  readonly incomplete: number;
  /** Who did not audit when it should have. */
  readonly missed: readonly MissedAudit[];
  readonly moreMissed: number;
  readonly unread: readonly UnreadRecord[];
  readonly moreUnread: number;
  /** What all of it costs, by list prices and with metrics. */
  readonly usdAMonth: number;
  /** Where the records are. */
  readonly location: string;
}

/** What a digest is made of. */
export interface OrganizationInput {
  readonly records: readonly PartRecord[];
  readonly unread?: readonly UnreadRecord[];
  /** ISO 8601, UTC. */
  readonly now: string;
  /** The places that should audit. Absent: those that ever did. */
  readonly expected?: readonly Place[];
  readonly location: string;
}

export function organizationDigestOf(input: OrganizationInput): OrganizationDigest {
  const { records, unread = [], now, expected, location } = input;
  const { gaps: _, audits, ...overview } = overviewOf(records, []);
  const missed = missedAudits(records, now, expected);
  const never = missed.filter(({ lastAt }) => lastAt === undefined).length;
  const known = records.length + never;
  return {
    schemaVersion: ORGANIZATION_SCHEMA_VERSION,
    at: now,
    overview: {
      ...overview,
      cases: overview.cases.slice(0, MOST_CASES),
      moreCases: overview.moreCases + Math.max(0, overview.cases.length - MOST_CASES),
      actions: overview.actions.slice(0, MOST_ACTIONS).map(({ places, ...action }) => ({
        ...action,
        places: places.slice(0, MOST_PLACES),
        ...(places.length > MOST_PLACES && { morePlaces: places.length - MOST_PLACES }),
      })),
      moreActions: overview.moreActions + Math.max(0, overview.actions.length - MOST_ACTIONS),
    },
    auditors: { known, inTime: known - missed.length, empty: audits.empty },
    incomplete: records.filter(({ gaps }) => gaps > 0).length,
    missed: missed.slice(0, MOST_MISSED),
    moreMissed: Math.max(0, missed.length - MOST_MISSED),
    unread: unread.slice(0, MOST_UNREAD),
    moreUnread: Math.max(0, unread.length - MOST_UNREAD),
    usdAMonth: Math.round(records.reduce((sum, one) => sum + usdAMonth(one), 0) * 100) / 100,
    location,
  };
}
