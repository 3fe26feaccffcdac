import { recordOf } from '../history/audit-record.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import type { Severity } from '../judge/severity.js';
import { compare } from '../ledger/compare.js';
import { digestOf, isWorthTelling, type Digest } from '../ledger/digest.js';
import { digestGroupsOf, digestPlanOf } from '../ledger/digest-plan.js';
import type { Ledger } from '../ledger/ledger.js';
import { knowingOnly } from '../ledger/outbox.js';
import { recall } from '../ledger/recall.js';
import { remember } from '../ledger/remember.js';
import { standings } from '../ledger/standing.js';
import { whatStands } from '../ledger/what-stands.js';
import type { Mute } from '../mutes/mute.js';
import { mutesOfFleet } from '../mutes/mutes-of-fleet.js';
import { PART_FILE } from '../organization/part-file.js';
import { partRecordOf } from '../organization/part-record.js';
import { pageOf } from '../render/page/page.js';
import { present } from '../text/present.js';
import { PAGE_KEY } from '../text/run-key.js';
import { askNodes, type AskDeps } from './ask-nodes.js';
import { gatherEvidence } from './gather-evidence.js';
import { judgedRun, type JudgedRun } from './judged-run.js';
import type { Announcer, LedgerStore, Orchestrator, Recorder } from './ports.js';
import { recordRun } from './record-run.js';
import { settle, type Attempt } from './settle.js';
import { tell, tellUnremembered } from './tell.js';

/** Everything that one audit needs from outside. */
export interface AuditDeps extends AskDeps {
  /** The rules, and the remedies that answer. */
  readonly catalogue: Catalogue;
  /** Channels of changes, by a short, stable name. */
  readonly announcers: Readonly<Record<string, Announcer>>;
  readonly ledgers: LedgerStore;
  /** Keepers of numbers, by a short, stable name. */
  readonly recorders: Readonly<Record<string, Recorder>>;
  /** Seconds until the next audit, at most, for the hub, which gets a record. Absent: there is no hub. */
  readonly cadenceSeconds?: number;
  /** A name for this execution, new each time: a run that is carried out twice at once has two. */
  readonly holder: () => string;
  /** Whether the first audit says so, even if all is well: whoever hears it knows that messages arrive. */
  readonly greets?: boolean;
  /** What messages link to beside the report. Absent: nothing. */
  readonly links?: Digest['links'];
  /** The mutes of the configuration; tags of the fleet add theirs. */
  readonly mutes: readonly Mute[];
  /** Takes back memory that nothing holds any more. Absent: the runtime does when it likes. */
  readonly collect?: () => void;
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
  /** What channels and keepers said that did not take everything, by name. Absent: all did. */
  readonly failed?: Readonly<Record<string, string>>;
}

/**
 * One audit from top to bottom: ask, then recall, judge, compare and remember, then record and tell.
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
  const judged = await orchestrator.step('judge', () => judgeRun(deps));
  // The evidence has gone: what follows reads the ledger a few times.
  deps.collect?.();
  const { summary, holder, remembers, troubled } = judged;
  const failed = {
    ...(await recordRun(deps, orchestrator, troubled)),
    ...(remembers
      ? await tell(deps, orchestrator, holder)
      : await tellUnremembered(deps, orchestrator)),
  };
  return { ...summary, ...(Object.keys(failed).length > 0 && { failed }) };
}

interface Judged {
  readonly summary: AuditSummary;
  readonly holder: string;
  readonly remembers: boolean;
  /** Channels and keepers that failed before. */
  readonly troubled: readonly string[];
}

/** Judges the evidence against the ledger, and leaves the results in the run store. */
async function judgeRun(deps: AuditDeps): Promise<Judged> {
  const { store, watch } = deps;
  const { run, recalled, digest, remembers, troubled } = await settleRun(deps);
  const { report, evidence } = run;
  // The ledgers and what was gathered have gone, and the page is next.
  deps.collect?.();
  await store.put('recalled.json', recalled);
  await store.put('report.json', report);
  await store.putText(PAGE_KEY, pageOf(run), 'text/html; charset=utf-8');
  await store.put('digest.json', digest);
  await store.put('record.json', recordOf(evidence, report));
  await putPart(run, deps);
  watch?.({ stage: 'judged', findings: report.findings.length });
  const summary = summarise(report, digest, store.location);
  return { summary, holder: deps.holder(), remembers, troubled };
}

/** The judged run, without what was gathered for it and without the ledgers: they would stay while files are written. */
async function settleRun(deps: AuditDeps) {
  const { store, ledgers, now, announcers, greets = false, collect } = deps;
  const gathered = await gatherEvidence(store);
  // The answers have gone, and judging takes most of all.
  collect?.();
  const { runId } = gathered;
  const settling = { ledgers, runId, now, channels: Object.keys(announcers), greets };
  const { next, ...settled } = await settle(settling, (ledger, notes) =>
    judgeAgainst(ledger, notes, gathered, deps),
  );
  return { ...settled, troubled: Object.keys(next.channels ?? {}) };
}

async function putPart(
  run: JudgedRun,
  { store, cadenceSeconds }: Pick<AuditDeps, 'store' | 'cadenceSeconds'>,
): Promise<void> {
  const { account } = run.report;
  if (cadenceSeconds === undefined || account === undefined) return;
  const { location } = store;
  await store.put(PART_FILE, partRecordOf(run, { account, location, cadenceSeconds }));
}

/** Recall, judge, compare, remember: one audit against one ledger. */
function judgeAgainst(
  stored: Ledger | undefined,
  notes: readonly string[],
  gathered: Evidence,
  { catalogue, policy, mutes, store: { location }, announcers, recorders, links }: AuditDeps,
): Attempt {
  const ledger = knowingOnly(stored, Object.keys({ ...announcers, ...recorders }));
  const marked = mutesOfFleet(gathered.fleet, gathered.startedAt);
  const recalled = recall(gathered, ledger);
  const run = judgedRun(gathered, recalled, catalogue, policy);
  const { report, evidence } = run;
  const rules = [...catalogue.rules, catalogue.silentRule];
  const allMutes = [...mutes, ...marked.mutes];
  const comparison = compare({ report, evidence, ledger, rules, mutes: allMutes, policy });
  const stands = whatStands({ report, ledger, surplus: comparison.surplus });
  const { counts: standing, news, known } = standings(stands, ledger?.standing);
  const digest = digestOf({
    ...{ report, comparison, notes: [...notes, ...news], location },
    ...present({ links }),
    plan: digestPlanOf(run.plan, comparison.transitions),
    nodeGroups: digestGroupsOf(evidence.fleet, comparison.transitions),
  });
  const next = remember({ evidence, report, ledger, findings: comparison.findings, standing });
  // What was told before, and notes on tags and the probe, are no reason to tell anybody.
  const also = [...known, ...marked.notes, ...(report.notes ?? [])];
  const more = isWorthTelling(digest) ? also : [];
  return { run, recalled, digest: { ...digest, notes: [...digest.notes, ...more] }, next };
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
