import type { Command } from '../judge/command.js';
import type { Effect } from '../judge/finding.js';
import type { Report } from '../judge/report.js';
import type { Severity } from '../judge/severity.js';
import type { Account, Gap } from '../node/gap.js';
import type { GroupCase } from '../plan/group-case.js';

/** Raised if a field of a record goes away or changes its meaning; not for a new field. */
export const PART_SCHEMA_VERSION = 1;

/** One account in one Region: what an audit is of. */
export interface Place {
  /** Twelve digits. */
  readonly account: string;
  /** A name of the account. Absent where it has none that is known. */
  readonly name?: string;
  readonly region: string;
}

/** How many findings there are of each severity. */
export type Counts = Readonly<Record<Severity, number>>;

/** One case of a part, as far as people hear of it from afar. */
export interface PartCase extends Pick<
  GroupCase,
  'cluster' | 'nodeGroup' | 'severity' | 'nodes' | 'affected' | 'worst'
> {
  /** Ids of the rules that found something, the worst first. */
  readonly signs: readonly string[];
  /** What the worst finding says. */
  readonly summary: string;
}

/** One action of a part's plan, as far as people hear of it from afar. */
export interface PartAction {
  /** That of the plan: `raise-limit/storefront`. */
  readonly id: string;
  readonly remedy: string;
  readonly title: string;
  readonly cluster: string;
  /** The findings that it settles. */
  readonly settles: Counts;
  readonly nodes: number;
  /** The fullest table that it changes, before and after. Absent: it changes none. */
  readonly effect?: {
    readonly nodeGroup: string;
    readonly before: Effect;
    readonly after: Effect;
  };
  readonly command?: Command;
}

/**
 * What is told of one audit to whoever looks at many: a few kilobytes, however large the fleet is. A deployed auditor
 * leaves it for the hub; on a laptop it is made of the judged run.
 */
export interface PartRecord {
  readonly schemaVersion: typeof PART_SCHEMA_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC: when the audit began. */
  readonly startedAt: string;
  readonly account: Account;
  readonly region: string;
  readonly clusters: number;
  readonly nodes: Report['nodes'];
  /** Of nodes that were read. */
  readonly findings: Counts;
  /** What the services would not tell. */
  readonly gaps: number;
  /** The worst first. */
  readonly cases: readonly PartCase[];
  /** Cases that are not here. */
  readonly moreCases: number;
  /** The best first. */
  readonly actions: readonly PartAction[];
  readonly moreActions: number;
  /** Where the whole report is: a folder, or an `s3://` address. */
  readonly location: string;
  /** Seconds until the next audit, at the latest. Absent: nobody promised one. */
  readonly cadenceSeconds?: number;
}

/** What is not known of a place: its audit did not take place, or a service kept something from it. */
export interface PlaceGap extends Place, Omit<Gap, 'about'> {
  /** `audit`: there was none. */
  readonly about: Gap['about'] | 'audit';
}
