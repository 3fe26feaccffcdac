import type { Gap } from '../node/gap.js';
import type { AskDeps } from './ask-deps.js';
import { keepGaps } from './kept-gaps.js';
import type { Orchestrator } from './ports.js';
import { commandSchema, numbered, readRunFile } from './run-files.js';

/** A command that went out: the number of its batch, and its id. */
export interface Sent {
  readonly at: number;
  readonly commandId: string;
}

/**
 * Seconds before each further reading of a command that has ended and does not list all its nodes as ended:
 * the list of commands may be ahead of that of their nodes. A house choice.
 */
const READ_AGAIN = [1, 2, 4];

/** Reads the answers to a few commands, and those that are not whole yet again. */
export async function readAnswers(
  deps: AskDeps,
  orchestrator: Orchestrator,
  commands: readonly Sent[],
  haveEnded: boolean,
): Promise<void> {
  let left = await orchestrator.step('collect', () => read(deps, commands));
  // A node of a command that still runs is late, and no list is behind.
  if (!haveEnded) return;
  for (const [again, seconds] of READ_AGAIN.entries()) {
    if (left.length === 0) return;
    const behind = left;
    await orchestrator.sleep(`wait-again-${again}`, seconds);
    left = await orchestrator.step(`collect-again-${again}`, () => read(deps, behind));
  }
}

/** Returns the commands of which some node is not listed, or listed as still running. */
async function read(
  { probe, store, watch }: AskDeps,
  commands: readonly Sent[],
): Promise<readonly Sent[]> {
  const behind: Sent[] = [];
  const met: Gap[] = [];
  let answers = 0;
  for (const sent of commands) {
    const { at, commandId } = sent;
    const { instanceIds } = await readRunFile(store, numbered('commands', at), commandSchema);
    const { invocations, gaps = [] } = await probe.read(commandId, instanceIds);
    await store.put(numbered('answers', at), invocations);
    met.push(...gaps);
    answers += invocations.filter(({ status }) => status === 'answered').length;
    const ended = invocations.filter(({ status }) => status !== 'running');
    if (ended.length < instanceIds.length) behind.push(sent);
  }
  await keepGaps(store, numbered('gaps/read', commands[0]?.at ?? 0), met);
  watch?.({ stage: 'read', answers });
  return behind;
}
