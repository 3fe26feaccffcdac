import { Listr, type ListrDefaultRendererLogLevels, ListrLogger, ProcessOutput } from 'listr2';
import { count, plural } from '../core/text/format.js';
import { oneLine } from '../core/text/printable.js';
import { printedLines } from '../core/render/lines.js';
import type { Progress } from '../core/run/ports.js';
import type { Terminal } from './terminal.js';

/**
 * Runs long work while stderr says how far it is: one redrawn line on a terminal, one line per
 * change elsewhere. Stdout stays clean for the answer.
 */
export async function withProgress<T>(
  title: string,
  terminal: Terminal,
  work: (watch: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.interactive) {
    let last = '';
    return work((progress) => {
      const line = `${title}: ${progressText(progress)}`;
      if (line !== last) terminal.note(printedLines([line]));
      last = line;
    });
  }
  const result: { value?: T; error?: unknown } = {};
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
    processOutput: new ProcessOutput(process.stderr, process.stderr),
  });
  const tasks = new Listr(
    {
      title,
      task: async (_, task) => {
        try {
          result.value = await work((progress) => {
            task.title = oneLine(`${title}: ${progressText(progress)}`);
          });
        } catch (error) {
          result.error = error;
          // Listr writes the message of an error past our terminal, so it gets one of ours.
          throw new Error(`${title} failed`, { cause: error });
        }
      },
    },
    { rendererOptions: { logger } },
  );
  try {
    await tasks.run();
  } catch (error) {
    throw result.error ?? error;
  }
  return result.value as T;
}

/** One stage of an audit as a person reads it. */
export function progressText(progress: Progress): string {
  switch (progress.stage) {
    case 'discovered':
      return `discovered ${plural(progress.nodes, 'node')} of ${plural(progress.clusters, 'cluster')}`;
    case 'asked':
      return `asking ${plural(progress.nodes, 'node')}; ${count(progress.silent)} cannot be asked`;
    case 'waiting':
      return progress.running === 0
        ? 'every command has ended'
        : `waiting for ${progress.running} of ${plural(progress.commands, 'command')}`;
    case 'read':
      return `read ${plural(progress.answers, 'answer')}`;
    case 'judged':
      return `judged: ${plural(progress.findings, 'finding')}`;
  }
}
