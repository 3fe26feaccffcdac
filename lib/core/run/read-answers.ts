import type { Gap } from '../node/gap.js';
import type { AskDeps } from './ask-deps.js';
import { keepGaps } from './kept-gaps.js';
import { nodesOfCommands } from './command-file.js';
import type { Invocation, Orchestrator } from './ports.js';
import {
  answersSchema,
  commandSchema,
  numbered,
  readRunFile,
  type AnswersFile,
} from './run-files.js';

/** The commands of one step that went out: the number of its first batch, and their ids. */
export interface Sent {
  readonly first: number;
  readonly commandIds: readonly string[];
}

/**
 * Seconds before each further reading of a command that has ended and does not list all its nodes as ended:
 * the list of commands may be ahead of that of their nodes. A house choice.
 */
const READ_AGAIN = [1, 2, 4];

/** Reads the answers to the commands of one step, and those that are not whole yet again. */
export async function readAnswers(
  deps: AskDeps,
  orchestrator: Orchestrator,
  sent: Sent,
  haveEnded: boolean,
): Promise<void> {
  let left = await orchestrator.step('collect', () => read(deps, sent, []));
  // A node of a command that still runs is late, and no list is behind.
  if (!haveEnded) return;
  for (const [again, seconds] of READ_AGAIN.entries()) {
    if (left.length === 0) return;
    const behind = { ...sent, commandIds: left };
    await orchestrator.sleep(`wait-again-${again}`, seconds);
    left = await orchestrator.step(`collect-again-${again}`, () => readAgain(deps, behind));
  }
}

/** Reads a few commands of a step again, and leaves what the others were answered. */
async function readAgain(deps: AskDeps, behind: Sent): Promise<readonly string[]> {
  return read(deps, behind, await readRunFile(deps.store, answersOf(behind), answersSchema));
}

const answersOf = ({ first }: Sent) => numbered('answers', first);

/** Returns the ids of the commands of which some node is not listed, or listed as still running. */
async function read(
  { probe, store, watch }: AskDeps,
  sent: Sent,
  before: AnswersFile,
): Promise<readonly string[]> {
  const file = await readRunFile(store, numbered('commands', sent.first), commandSchema);
  const nodes = nodesOfCommands(file);
  const behind: string[] = [];
  const met: Gap[] = [];
  const read: Invocation[] = [];
  for (const commandId of sent.commandIds) {
    const instanceIds = nodes.get(commandId) ?? [];
    const { invocations, gaps = [] } = await probe.read(commandId, instanceIds);
    read.push(...invocations);
    met.push(...gaps);
    const ended = invocations.filter(({ status }) => status !== 'running');
    if (ended.length < instanceIds.length) behind.push(commandId);
  }
  const asked = new Set(sent.commandIds.flatMap((id) => nodes.get(id) ?? []));
  const others = before.filter(({ instanceId }) => !asked.has(instanceId));
  await store.put(answersOf(sent), [...others, ...read]);
  await keepGaps(store, numbered('gaps/read', sent.first), met);
  watch?.({ stage: 'read', answers: read.filter(({ status }) => status === 'answered').length });
  return behind;
}
