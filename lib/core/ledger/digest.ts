import { severities, type Severity } from '../judge/severity.js';
import type { Report } from '../judge/report.js';
import type { Account, Gap } from '../node/gap.js';
import { present } from '../text/present.js';
import type { DigestGroup, DigestPlan } from './digest-plan.js';
import type { Transition } from './transition.js';

/** Raised if a field of the message goes away or changes its meaning; not for a new field. */
export const DIGEST_SCHEMA_VERSION = 1;

/** An open finding about which nobody is told for now. */
export interface MutedFinding {
  /** Id of the finding. */
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly reason: string;
}

/** The content of one message: what changed since the last audit. */
export interface Digest {
  readonly schemaVersion: typeof DIGEST_SCHEMA_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC: when the audit began. */
  readonly startedAt: string;
  readonly region: string;
  /** The audited account. Absent where it could not be known. */
  readonly account?: Account;
  readonly clusters: readonly string[];
  readonly nodes: Report['nodes'];
  /** Open findings by severity, without muted ones. */
  readonly open: Readonly<Record<Severity, number>>;
  /** Worst first: by kind as `transitionKinds` has them within one severity. */
  readonly transitions: readonly Transition[];
  /** What to do about what changed. Absent: an older program wrote it, or there is nothing to do. */
  readonly plan?: DigestPlan;
  /** The node groups that changed. Absent: an older program wrote it, or none did. */
  readonly nodeGroups?: readonly DigestGroup[];
  readonly silenced: readonly MutedFinding[];
  /** Notes about the ledger itself: it was damaged, or a newer program wrote it. */
  readonly notes: readonly string[];
  /** What the services would not tell. Absent: nothing. */
  readonly gaps?: readonly Gap[];
  /** Where the whole report is: a folder, or an `s3://` address. */
  readonly location: string;
  /** What messages link to beside the report and the nodes. */
  readonly links?: {
    /** The name of the stack's CloudWatch dashboard. */
    readonly dashboard?: string;
    /** The page of the run, by its key below `location`. */
    readonly page?: string;
  };
  /** True: nobody remembers an audit before this one. */
  readonly first?: true;
  /** True: a made-up message that tests whether messages arrive. */
  readonly test?: true;
}

/** Whether to tell anybody. A note alone is reason enough: nothing else tells it. */
export function isWorthTelling({ transitions, notes }: Digest): boolean {
  return transitions.length > 0 || notes.length > 0;
}

/** The parts of a digest. */
export interface DigestInput {
  readonly report: Report;
  /** From `compare`. */
  readonly comparison: Pick<Digest, 'transitions' | 'silenced'> & {
    readonly findings: Readonly<
      Record<string, { readonly id: string; readonly state: string; readonly severity: Severity }>
    >;
  };
  readonly notes: readonly string[];
  /** Where the whole report is. */
  readonly location: string;
  readonly links?: Digest['links'];
  readonly plan?: DigestPlan;
  readonly nodeGroups?: readonly DigestGroup[];
}

/**
 * The changes of one audit, for people. A finding whose nodes are silent now counts as open: nobody knows
 * that it is over.
 */
export function digestOf({ report, comparison, notes, location, ...more }: DigestInput): Digest {
  const { runId, startedAt, region, account, clusters, nodes, gaps } = report;
  const { transitions, silenced } = comparison;
  const { links, plan, nodeGroups = [] } = more;
  const quiet = new Set(silenced.map(({ id }) => id));
  const open = Object.values(comparison.findings).filter(
    ({ id, state }) => state === 'open' && !quiet.has(id),
  );
  const counts = severities.map((severity) => [
    severity,
    open.filter((one) => one.severity === severity).length,
  ]);
  return {
    schemaVersion: DIGEST_SCHEMA_VERSION,
    runId,
    startedAt,
    region,
    ...present({ account, gaps }),
    clusters,
    nodes,
    open: Object.fromEntries(counts) as Digest['open'],
    transitions,
    ...(plan !== undefined && plan.actions.length > 0 && { plan }),
    ...(nodeGroups.length > 0 && { nodeGroups }),
    silenced,
    notes,
    location,
    ...present({ links }),
  };
}
