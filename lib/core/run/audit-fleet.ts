import { askable, bottlerocketOf } from './askable.js';
import { recordOf, type AuditRecord } from '../history/audit-record.js';
import { batches } from './batches.js';
import { isWorthTelling, type Digest } from '../ledger/digest.js';
import { gatherEvidence, silentNode } from './gather-evidence.js';
import { keptBy, promisedBy, settle } from './settle.js';
import type { Policy } from '../judge/policy.js';
import type {
  Announcer,
  FleetDirectory,
  LedgerStore,
  NodeProbe,
  Orchestrator,
  Progress,
  Recorder,
  RunStore,
} from './ports.js';
import type { Report } from '../judge/report.js';
import { numbered, readFile, RUN_SCHEMA_VERSION, type AskingFile } from './run-files.js';
import { mutesOfFleet } from '../mutes/mutes-of-fleet.js';
import type { Mute } from '../mutes/mute.js';

/** Everything outside that one audit needs. */
export interface AuditDeps {
  readonly directory: FleetDirectory;
  readonly probe: NodeProbe;
  readonly store: RunStore;
  /** Who is told what changed, by a short name that stays. */
  readonly announcers: Readonly<Record<string, Announcer>>;
  readonly ledgers: LedgerStore;
  readonly recorders: readonly Recorder[];
  readonly policy: Policy;
  /** Those of the configuration; tags of the fleet add theirs. */
  readonly mutes: readonly Mute[];
  /** The time as ISO 8601, UTC. */
  readonly now: () => string;
  /** Seconds to wait before each look at the commands; together longer than a command may live. */
  readonly waits: readonly number[];
  /** Told how far the audit is. */
  readonly watch?: (progress: Progress) => void;
}

/** What a run returns to its caller: small enough for a log line. */
export interface AuditSummary {
  readonly runId: string;
  readonly location: string;
  readonly nodes: Report['nodes'];
  readonly findings: Readonly<Record<'critical' | 'warning' | 'notice', number>>;
  readonly unjudged: number;
  /** Changes since the last audit, and open findings that are muted. */
  readonly told: number;
  readonly silenced: number;
}

/** How many commands one step sends or reads: 10,000 nodes stay under 100 steps. */
const COMMANDS_PER_STEP = 10;

/**
 * One audit from top to bottom: discover, ask, wait, read, judge, tell.
 *
 * Whatever is large goes to the run store; a step remembers counts and ids only, so that the same
 * story runs as a durable function, in one plain invocation and on a laptop.
 */
export async function auditFleet(
  deps: AuditDeps,
  orchestrator: Orchestrator,
  runId: string,
): Promise<AuditSummary> {
  const commands = await orchestrator.step('discover', () => discover(deps, runId));
  const groups = batches(
    Array.from({ length: commands }, (_, at) => at),
    COMMANDS_PER_STEP,
  );
  const sent = await orchestrator.map('ask', groups, (group, inner) =>
    inner.step('send', () => ask(deps, runId, group)),
  );
  const commandIds = sent.flat();
  await untilAnswered(deps, orchestrator, commandIds);
  await orchestrator.map('read', batches(commandIds, COMMANDS_PER_STEP), (group, inner) =>
    inner.step('collect', () => read(deps, group)),
  );
  const { summary, tells } = await orchestrator.step('judge', () => judgeRun(deps));
  if (tells) {
    // A step for each: when one fails and is tried again, the others are not told twice.
    for (const [name, announcer] of Object.entries(deps.announcers)) {
      await orchestrator.step(`tell-${name}`, () => tell(deps, announcer, runId));
    }
    await orchestrator.step('told', () => keptBy(deps.ledgers, runId));
  }
  await orchestrator.step('record', () => record(deps));
  return summary;
}

interface Sent {
  readonly at: number;
  readonly commandId: string;
}

/** Returns how many commands have to be sent. */
async function discover(deps: AuditDeps, runId: string): Promise<number> {
  const { directory, probe, store, now, watch } = deps;
  await store.put('run.json', { schemaVersion: RUN_SCHEMA_VERSION, runId, startedAt: now() });
  const clusters = await directory.clusters();
  const nodes = await directory.nodes(clusters);
  const shapes = await directory.shapes([...new Set(nodes.map((node) => node.instanceType))]);
  watch?.({ stage: 'discovered', clusters: clusters.length, nodes: nodes.length });

  const reachability = await probe.reachability();
  const { reachable, unreachable } = askable(nodes, reachability);
  const asking: AskingFile = {
    batches: batches(reachable.map((node) => node.instanceId)),
    silent: unreachable.map(({ node, reason }) => silentNode(node, reason)),
    bottlerocket: bottlerocketOf(reachable, reachability),
  };
  await store.put('fleet.json', { region: directory.region, clusters, nodes, shapes });
  await store.put('asking.json', asking);
  watch?.({ stage: 'asked', nodes: reachable.length, silent: unreachable.length });
  return asking.batches.length;
}

async function ask(deps: AuditDeps, runId: string, group: readonly number[]): Promise<Sent[]> {
  const { probe, store } = deps;
  const asking = await readFile<AskingFile>(store, 'asking.json');
  const sent: Sent[] = [];
  for (const at of group) {
    const command = await probe.send(asking.batches[at] ?? [], `conntrack-auditor ${runId} ${at}`);
    await store.put(numbered('commands', at), command);
    if (command.commandId !== undefined) sent.push({ at, commandId: command.commandId });
  }
  return sent;
}

/** Looks again until no command runs, or the waits are used up: a late node is a silent node. */
async function untilAnswered(
  { probe, waits, watch }: AuditDeps,
  orchestrator: Orchestrator,
  commands: readonly Sent[],
): Promise<void> {
  const commandIds = commands.map(({ commandId }) => commandId);
  for (const [look, seconds] of waits.entries()) {
    if (commandIds.length === 0) return;
    await orchestrator.sleep(`wait-${look}`, seconds);
    const running = await orchestrator.step(`look-${look}`, async () => {
      const still = (await probe.running(commandIds)).length;
      watch?.({ stage: 'waiting', running: still, commands: commandIds.length });
      return still;
    });
    if (running === 0) return;
  }
}

/** Returns how many nodes answered. */
async function read({ probe, store, watch }: AuditDeps, group: readonly Sent[]): Promise<number> {
  let answers = 0;
  for (const { at, commandId } of group) {
    const invocations = await probe.read(commandId);
    await store.put(numbered('answers', at), invocations);
    answers += invocations.filter(({ status }) => status === 'answered').length;
  }
  watch?.({ stage: 'read', answers });
  return answers;
}

async function judgeRun(deps: AuditDeps): Promise<{ summary: AuditSummary; tells: boolean }> {
  const { store, watch } = deps;
  const gathered = await gatherEvidence(store);
  const marked = mutesOfFleet(gathered.fleet, gathered.startedAt);
  const { report, evidence, digest } = await settle(
    {
      ...deps,
      mutes: [...deps.mutes, ...marked.mutes],
      notes: marked.notes,
      location: store.location,
    },
    gathered,
  );
  await store.put('report.json', report);
  await store.put('digest.json', digest);
  await store.put('record.json', recordOf(evidence, report));
  watch?.({ stage: 'judged', findings: report.findings.length });
  const promised = await promisedBy(deps.ledgers, report.runId);
  const summary = summarise(report, digest, store.location);
  return { summary, tells: promised.length > 0 || isWorthTelling(digest) };
}

/** Tells what this audit promised; where it could write no ledger, what it found. */
async function tell(
  { ledgers, store }: AuditDeps,
  announcer: Announcer,
  runId: string,
): Promise<void> {
  const promised = await promisedBy(ledgers, runId);
  const digests = promised.length > 0 ? promised : [await readFile<Digest>(store, 'digest.json')];
  for (const digest of digests) await announcer.publish(digest);
}

async function record({ store, recorders }: AuditDeps): Promise<void> {
  const kept = await readFile<AuditRecord>(store, 'record.json');
  for (const recorder of recorders) await recorder.record(kept);
}

function summarise(
  { runId, nodes, findings, unjudged }: Report,
  { transitions, silenced }: Digest,
  location: string,
): AuditSummary {
  const of = (severity: string) => findings.filter((one) => one.severity === severity).length;
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
