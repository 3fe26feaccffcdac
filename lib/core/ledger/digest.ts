import { severities, type Severity } from '../judge/severity.js';
import type { Report } from '../judge/report.js';
import type { Transition } from './transition.js';

/** Raised when a field of the message goes away or changes its meaning; not for a new field. */
export const DIGEST_SCHEMA_VERSION = 1;

/** An open finding that nobody is told of for now. */
export interface MutedFinding {
  /** Id of the finding. */
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly reason: string;
}

/** What changed since the last audit: all that one message says. */
export interface Digest {
  readonly schemaVersion: typeof DIGEST_SCHEMA_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC: when the audit began. */
  readonly startedAt: string;
  readonly region: string;
  readonly clusters: readonly string[];
  readonly nodes: Report['nodes'];
  /** Open findings by severity, muted ones not among them. */
  readonly open: Readonly<Record<Severity, number>>;
  /** Worst first: by kind as `transitionKinds` has them within one severity. */
  readonly transitions: readonly Transition[];
  readonly silenced: readonly MutedFinding[];
  /** What is to be known of the memory itself: a ledger that was damaged, or is of a newer version. */
  readonly notes: readonly string[];
  /** Where the whole report is: a folder, or an `s3://` address. */
  readonly location: string;
  /** True: made up by somebody who tries whether messages arrive. */
  readonly test?: true;
}

/** Whether anybody should be told. A note alone is worth it: nobody else would hear of it. */
export function isWorthTelling({ transitions, notes }: Digest): boolean {
  return transitions.length > 0 || notes.length > 0;
}

/** What a digest is made of. */
export interface DigestInput {
  readonly report: Report;
  /** What `compare` gave. */
  readonly comparison: Pick<Digest, 'transitions' | 'silenced'> & {
    readonly findings: Readonly<
      Record<string, { readonly id: string; readonly state: string; readonly severity: Severity }>
    >;
  };
  readonly notes: readonly string[];
  /** Where the whole report is. */
  readonly location: string;
}

/**
 * What changed in one audit, as people are told. A finding whose nodes are silent now counts as open: it
 * is not known to be over.
 */
export function digestOf({ report, comparison, notes, location }: DigestInput): Digest {
  const { runId, startedAt, region, clusters, nodes } = report;
  const { transitions, silenced } = comparison;
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
    clusters,
    nodes,
    open: Object.fromEntries(counts) as Digest['open'],
    transitions,
    silenced,
    notes,
    location,
  };
}
