import { Command } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun, type JudgedRun } from '../core/run/judged-run.js';
import type { RunStore } from '../core/run/ports.js';
import { readRun } from '../core/run/run-files.js';
import { printedLines } from '../core/render/lines.js';
import { printable } from '../core/text/printable.js';
import { RUN_ID, type ServedRun } from '../mcp/runs.js';
import { savedDemo } from './saved-demo.js';
import type { Terminal } from './terminal.js';

/** Runs that one server has. A house choice: their judgements stay in memory. */
const MOST_RUNS = 20;

/**
 * `mcp`: answers agents over stdio. The folders are those that people name here, and tools name runs by id, so no
 * client reaches another file. The demo's run is there only where it is asked for: an agent that found it in place of
 * a forgotten --from would tell people of nodes that they do not have.
 */
export function mcpCommand(terminal: Terminal) {
  return new Command('mcp')
    .description('answer agents over stdio (Model Context Protocol); only reads')
    .option('--from <dir>', 'folder that `audit --save` filled (again for more)', again)
    .option('--demo', 'the saved run of the simulated fleet, to try it')
    .addHelpText('after', '\nWithout a run, limit, explain and fix <remedy> answer all the same.')
    .action(async ({ from = [], demo }) => {
      const folders = await Promise.all(from.map(openedFolder));
      const demos = demo === true ? [await servedRun(await savedDemo(), true)] : [];
      const runs = [...folders, ...demos];
      mustDiffer(runs);
      // Loaded here alone: no other command needs the protocol.
      const { serve } = await import('../mcp/serve-stdio.js');
      await serve(runs, (text) => {
        terminal.note(printedLines([printable(text, 1_000)]));
      });
    });
}

async function openedFolder(folder: string): Promise<ServedRun> {
  return servedRun(await FolderRunStore.open(folder), false);
}

async function servedRun(store: RunStore, simulated: boolean): Promise<ServedRun> {
  const { runId, startedAt } = await readRun(store);
  if (!RUN_ID.test(runId)) {
    throw new Error(
      `run.json of ${store.location}: 'runId' should have 1 to 128 letters, digits or any of _ . : -, got '${printable(runId)}'`,
    );
  }
  return { id: runId, startedAt, simulated, judged: once(() => judgeSavedRun(store, catalogue)) };
}

/** A saved run does not change, so one judgement serves all questions. */
function once(judge: () => Promise<JudgedRun>): () => Promise<JudgedRun> {
  let judging: Promise<JudgedRun> | undefined;
  return () => (judging ??= judge());
}

function mustDiffer(runs: readonly ServedRun[]): void {
  if (runs.length > MOST_RUNS) {
    throw new Error(`--from should be given at most ${MOST_RUNS} times, got ${runs.length} runs`);
  }
  const ids = runs.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`two of the folders hold the run '${twice}'; name one`);
}

function again(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
