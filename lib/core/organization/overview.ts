import type { Report } from '../judge/report.js';
import { severities, rankOf } from '../judge/severity.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { sumOf } from './part-record.js';
import type { Counts, PartAction, PartCase, PartRecord, Place, PlaceGap } from './part.js';

/** A case, and where it is. */
export type PlacedCase = PartCase & Place;

/** One thing to do, in all the places where it is to be done. */
export interface SharedAction {
  readonly remedy: string;
  readonly title: string;
  /** Those of all places together. */
  readonly settles: Counts;
  readonly nodes: number;
  /** The place in which it settles the most comes first. */
  readonly places: readonly (Place & Pick<PartAction, 'effect' | 'command'>)[];
  /** Places that are not here. Absent: all are. */
  readonly morePlaces?: number;
}

/** Many audits as one picture. */
export interface Overview {
  /** Accounts x Regions: all that were to be audited, those that were, and those of them that have no cluster. */
  readonly audits: { readonly wanted: number; readonly done: number; readonly empty: number };
  /** Accounts with at least one audit. */
  readonly accounts: number;
  readonly nodes: Report['nodes'];
  readonly clusters: number;
  readonly findings: Counts;
  /** The worst first: critical before warning, then the fullest table. */
  readonly cases: readonly PlacedCase[];
  readonly moreCases: number;
  /** The best first. */
  readonly actions: readonly SharedAction[];
  readonly moreActions: number;
  readonly gaps: readonly PlaceGap[];
}

/** Joins what is told of many audits. `gaps`: places without an audit, and what services kept from the others. */
export function overviewOf(records: readonly PartRecord[], gaps: readonly PlaceGap[]): Overview {
  const placed = records.map((record) => ({ record, place: placeOf(record) }));
  const missed = gaps.filter(({ about }) => about === 'audit').length;
  const total = (of: (record: PartRecord) => number) =>
    records.reduce((sum, record) => sum + of(record), 0);
  return {
    audits: {
      wanted: records.length + missed,
      done: records.length,
      empty: records.filter(({ clusters }) => clusters === 0).length,
    },
    accounts: new Set(records.map(({ account }) => account.id)).size,
    clusters: total(({ clusters }) => clusters),
    nodes: {
      discovered: total(({ nodes }) => nodes.discovered),
      read: total(({ nodes }) => nodes.read),
      silent: total(({ nodes }) => nodes.silent),
    },
    findings: sumOf(records.map(({ findings }) => findings)),
    cases: placed
      .flatMap(({ record, place }) => record.cases.map((one) => ({ ...one, ...place })))
      .sort(worseFirst),
    moreCases: total(({ moreCases }) => moreCases),
    actions: sharedActions(placed),
    moreActions: total(({ moreActions }) => moreActions),
    gaps: [...gaps].sort(byPlace),
  };
}

/** The place of a record. */
export function placeOf({ account, region }: Pick<PartRecord, 'account' | 'region'>): Place {
  return { account: account.id, ...present({ name: account.alias }), region };
}

function worseFirst(a: PlacedCase, b: PlacedCase): number {
  return rankOf(a.severity) - rankOf(b.severity) || fullness(b) - fullness(a) || byPlace(a, b);
}

function fullness({ worst }: PartCase): number {
  return worst === undefined ? 0 : worst.entries / worst.max;
}

/** Orders what is alike otherwise, so that the same records give the same picture. */
export function byPlace(a: Place, b: Place): number {
  const [one, other] = [`${a.account} ${a.region}`, `${b.account} ${b.region}`];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** What has the same title is the same thing to do: people decide it once. */
function sharedActions(
  placed: readonly { readonly record: PartRecord; readonly place: Place }[],
): SharedAction[] {
  const all = placed.flatMap(({ record, place }) =>
    record.actions.map((action) => ({ action, place })),
  );
  const alike = groupBy(all, ({ action: { remedy, title } }) => JSON.stringify([remedy, title]));
  return [...alike.values()]
    .flatMap((group) => {
      const sorted = [...group].sort((a, b) => moreFirst(a.action, b.action));
      const [first] = sorted;
      if (first === undefined) return [];
      const { remedy, title } = first.action;
      return {
        ...{ remedy, title },
        settles: sumOf(group.map(({ action }) => action.settles)),
        nodes: group.reduce((sum, { action }) => sum + action.nodes, 0),
        places: sorted.map(({ place, action: { effect, command } }) => ({
          ...place,
          ...present({ effect, command }),
        })),
      };
    })
    .sort(moreFirst);
}

function moreFirst(a: Pick<PartAction, 'settles' | 'nodes'>, b: typeof a): number {
  const bySeverity = severities.map((one) => b.settles[one] - a.settles[one]);
  return bySeverity.find((difference) => difference !== 0) ?? b.nodes - a.nodes;
}
