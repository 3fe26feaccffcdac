import type { Policy } from '../judge/policy.js';
import { bottlerocketOf, reachableNodes } from './reachable-nodes.js';
import { batches } from './batches.js';
import { silentNode } from './gather-evidence.js';
import { present } from '../text/present.js';
import type { FleetDirectory, NodeProbe, Orchestrator, Progress, RunStore } from './ports.js';
import {
  askingSchema,
  numbered,
  readRunFile,
  RUN_SCHEMA_VERSION,
  type AskingFile,
} from './run-files.js';

/** Everything needed to ask the nodes of a fleet. */
export interface AskDeps {
  readonly directory: FleetDirectory;
  readonly probe: NodeProbe;
  readonly store: RunStore;
  /** The policy that judges the run, kept with it. */
  readonly policy: Policy;
  /** The time as ISO 8601, UTC. */
  readonly now: () => string;
  /** Seconds to wait before each look at the commands; together longer than a command may live. */
  readonly waits: readonly number[];
  /** The version of the probe that this program brings. Absent: answers of any are taken. */
  readonly probeVersion?: string;
  /** Hears how far the audit is. */
  readonly watch?: (progress: Progress) => void;
}

/** How many commands one step sends or reads: 10,000 nodes stay under 100 steps. */
const COMMANDS_PER_STEP = 10;

/** Discovers the fleet, asks its nodes, waits, and keeps what they said in the run store. */
export async function askNodes(
  deps: AskDeps,
  orchestrator: Orchestrator,
  runId: string,
): Promise<void> {
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
}

interface Sent {
  readonly at: number;
  readonly commandId: string;
}

/** Returns how many commands have to be sent. */
async function discover(deps: AskDeps, runId: string): Promise<number> {
  const { directory, probe, store, policy, now, watch } = deps;
  const run = { schemaVersion: RUN_SCHEMA_VERSION, runId, startedAt: now() };
  await store.put('run.json', { ...run, ...present({ probe: deps.probeVersion }) });
  await store.put('policy.json', policy);
  const account = await directory.account();
  const clusters = await directory.clusters();
  const nodes = await directory.nodes(clusters);
  const shapes = await directory.shapes([...new Set(nodes.map((node) => node.instanceType))]);
  watch?.({ stage: 'discovered', clusters: clusters.length, nodes: nodes.length });

  const reachability = await probe.reachability();
  const { reachable, unreachable } = reachableNodes(nodes, reachability);
  const asking: AskingFile = {
    batches: batches(reachable.map((node) => node.instanceId)),
    silent: unreachable.map(({ node, reason }) => silentNode(node, reason)),
    bottlerocket: bottlerocketOf(reachable, reachability),
  };
  const { region } = directory;
  await store.put('fleet.json', { region, ...present({ account }), clusters, nodes, shapes });
  await store.put('asking.json', asking);
  watch?.({ stage: 'asked', nodes: reachable.length, silent: unreachable.length });
  return asking.batches.length;
}

async function ask(deps: AskDeps, runId: string, group: readonly number[]): Promise<Sent[]> {
  const { probe, store } = deps;
  const asking = await readRunFile(store, 'asking.json', askingSchema);
  const sent: Sent[] = [];
  for (const at of group) {
    const command = await probe.send(asking.batches[at] ?? [], `conntrack-auditor ${runId} ${at}`);
    await store.put(numbered('commands', at), command);
    if (command.commandId !== undefined) sent.push({ at, commandId: command.commandId });
  }
  return sent;
}

/** Looks again until no command runs, or no wait is left: a late node is a silent node. */
async function untilAnswered(
  { probe, waits, watch }: AskDeps,
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
async function read({ probe, store, watch }: AskDeps, group: readonly Sent[]): Promise<number> {
  let answers = 0;
  for (const { at, commandId } of group) {
    const invocations = await probe.read(commandId);
    await store.put(numbered('answers', at), invocations);
    answers += invocations.filter(({ status }) => status === 'answered').length;
  }
  watch?.({ stage: 'read', answers });
  return answers;
}
