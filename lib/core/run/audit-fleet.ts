import { recordOf, type AuditRecord } from '../history/audit-record.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import type { Severity } from '../judge/severity.js';
import { compare } from '../ledger/compare.js';
import { digestOf, isWorthTelling, type Digest } from '../ledger/digest.js';
import type { Ledger } from '../ledger/ledger.js';
import { recall } from '../ledger/recall.js';
import { remember } from '../ledger/remember.js';
import type { Mute } from '../mutes/mute.js';
import { mutesOfFleet } from '../mutes/mutes-of-fleet.js';
import { askNodes, type AskDeps } from './ask-nodes.js';
import { gatherEvidence } from './gather-evidence.js';
import { judgedRun } from './judged-run.js';
import type { Announcer, LedgerStore, Orchestrator, Recorder } from './ports.js';
import { keptBy, promisedBy, settle, type Attempt } from './settle.js';

/** Everything that one audit needs from outside. */
export interface AuditDeps extends AskDeps {
  /** The rules, and the remedies that answer. */
  readonly catalogue: Catalogue;
  /** Announcers of changes, by a short, stable name. */
  readonly announcers: Readonly<Record<string, Announcer>>;
  readonly ledgers: LedgerStore;
  readonly recorders: readonly Recorder[];
  /** The mutes of the configuration; tags of the fleet add theirs. */
  readonly mutes: readonly Mute[];
}

/** What a run returns to its caller: small enough for a log line. */
export interface AuditSummary {
  readonly runId: string;
  readonly location: string;
  readonly nodes: Report['nodes'];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly unjudged: number;
  /** Changes since the last audit, and open findings that are muted. */
  readonly told: number;
  readonly silenced: number;
}

/**
 * One audit from top to bottom: ask, then recall, judge, compare and remember, then tell and record.
 *
 * Large data goes to the run store; a step remembers counts and ids only, so that the same story runs
 * as a durable function, in one plain invocation and on a laptop.
 */
export async function auditFleet(
  deps: AuditDeps,
  orchestrator: Orchestrator,
  runId: string,
): Promise<AuditSummary> {
  await askNodes(deps, orchestrator, runId);
  const { summary, tells } = await orchestrator.step('judge', () => judgeRun(deps));
  if (tells) {
    // A step for each: if one fails and is tried again, the others do not tell twice.
    for (const [name, announcer] of Object.entries(deps.announcers)) {
      await orchestrator.step(`tell-${name}`, () => tell(deps, announcer, runId));
    }
    await orchestrator.step('told', () => keptBy(deps.ledgers, runId));
  }
  await orchestrator.step('record', () => record(deps));
  return summary;
}

/** Judges the evidence against the ledger, and leaves the results in the run store. */
async function judgeRun(deps: AuditDeps): Promise<{ summary: AuditSummary; tells: boolean }> {
  const { store, ledgers, watch } = deps;
  const gathered = await gatherEvidence(store);
  const { run, recalled, digest } = await settle(
    ledgers,
    gathered.runId,
    deps.now,
    (ledger, notes) => judgeAgainst(ledger, notes, gathered, deps),
  );
  const { report, evidence } = run;
  await store.put('recalled.json', recalled);
  await store.put('report.json', report);
  await store.put('digest.json', digest);
  await store.put('record.json', recordOf(evidence, report));
  watch?.({ stage: 'judged', findings: report.findings.length });
  const promised = await promisedBy(ledgers, report.runId);
  const summary = summarise(report, digest, store.location);
  return { summary, tells: promised.length > 0 || isWorthTelling(digest) };
}

/** Recall, judge, compare, remember: one audit against one ledger. */
function judgeAgainst(
  ledger: Ledger | undefined,
  notes: readonly string[],
  gathered: Evidence,
  { catalogue, policy, mutes, store: { location } }: AuditDeps,
): Attempt {
  const marked = mutesOfFleet(gathered.fleet, gathered.startedAt);
  const recalled = recall(gathered, ledger);
  const run = judgedRun(gathered, recalled, catalogue, policy);
  const { report, evidence } = run;
  const rules = [...catalogue.rules, catalogue.silentRule];
  const allMutes = [...mutes, ...marked.mutes];
  const comparison = compare({ report, evidence, ledger, rules, mutes: allMutes, policy });
  const digest = digestOf({ report, comparison, notes, location });
  const next = remember({ evidence, report, ledger, findings: comparison.findings });
  // Notes on tags or the probe alone are no reason to tell anybody.
  const allNotes = [...notes, ...marked.notes, ...(report.notes ?? [])];
  const told = isWorthTelling(digest) ? { ...digest, notes: allNotes } : digest;
  return { run, recalled, digest: told, next };
}

/** Tells what this audit promised, or what it found if it could write no ledger. */
async function tell(
  { ledgers, store }: AuditDeps,
  announcer: Announcer,
  runId: string,
): Promise<void> {
  const promised = await promisedBy(ledgers, runId);
  const digests = promised.length > 0 ? promised : [(await store.get('digest.json')) as Digest];
  for (const digest of digests) await announcer.publish(digest);
}

async function record({ store, recorders }: AuditDeps): Promise<void> {
  const kept = (await store.get('record.json')) as AuditRecord;
  for (const recorder of recorders) await recorder.record(kept);
}

function summarise(
  { runId, nodes, findings, unjudged }: Report,
  { transitions, silenced }: Digest,
  location: string,
): AuditSummary {
  const of = (severity: Severity) => findings.filter((one) => one.severity === severity).length;
  return {
    runId,
    location,
    nodes,
    findings: { critical: of('critical'), warning: of('warning'), notice: of('notice') },
    unjudged: unjudged.length,
    told: transitions.length,
    silenced: silenced.length,
  };
}
