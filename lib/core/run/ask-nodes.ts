import type { Gap } from '../node/gap.js';
import type { AskDeps } from './ask-deps.js';
import { batches } from './batches.js';
import { commandFile } from './command-file.js';
import { discover } from './discover.js';
import { keepGaps } from './kept-gaps.js';
import type { Orchestrator, SentCommand } from './ports.js';
import { readAnswers, type Sent } from './read-answers.js';
import { askingSchema, numbered, readRunFile } from './run-files.js';

export type { AskDeps } from './ask-deps.js';

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
  const asked = await orchestrator.map('ask', groups, (group, inner) =>
    inner.step('send', () => ask(deps, runId, group)),
  );
  const sent = asked.filter(({ commandIds }) => commandIds.length > 0);
  const ids = sent.flatMap(({ commandIds }) => commandIds);
  const haveEnded = await untilAnswered(deps, orchestrator, ids);
  await orchestrator.map('read', sent, (group, inner) =>
    readAnswers(deps, inner, group, haveEnded),
  );
}

async function ask(deps: AskDeps, runId: string, group: readonly number[]): Promise<Sent> {
  const { probe, store } = deps;
  const asking = await readRunFile(store, 'asking.json', askingSchema);
  const [first = 0] = group;
  const commands: SentCommand[] = [];
  const met: Gap[] = [];
  for (const at of group) {
    const { gaps = [], ...command } = await probe.send(
      asking.batches[at] ?? [],
      `conntrack-auditor ${runId} ${at}`,
    );
    commands.push(command);
    met.push(...gaps);
  }
  const file = commandFile(commands);
  await store.put(numbered('commands', first), file);
  await keepGaps(store, numbered('gaps/send', first), met);
  return { first, commandIds: (file.sent ?? []).map(({ commandId }) => commandId) };
}

/**
 * Looks again until no command runs, or no wait is left: a late node is a silent node. Whether every command
 * is known to have ended. Once Systems Manager does not tell, it waits as long as a command may live.
 */
async function untilAnswered(
  deps: AskDeps,
  orchestrator: Orchestrator,
  commandIds: readonly string[],
): Promise<boolean> {
  let isTold = true;
  for (const [look, seconds] of deps.waits.entries()) {
    if (commandIds.length === 0) return true;
    await orchestrator.sleep(`wait-${look}`, seconds);
    if (!isTold) continue;
    const running = await orchestrator.step(`look-${look}`, () => runningOf(deps, commandIds));
    if (running === 0) return true;
    isTold = running !== 'unknown';
  }
  return false;
}

async function runningOf(
  { probe, store, watch }: AskDeps,
  commandIds: readonly string[],
): Promise<number | 'unknown'> {
  const { running, gaps = [] } = await probe.running(commandIds);
  await keepGaps(store, 'gaps/look.json', gaps);
  watch?.({ stage: 'waiting', running: running.length, commands: commandIds.length });
  return gaps.length > 0 ? 'unknown' : running.length;
}
