import { count, plural } from '../core/text/format.js';
import { printedLines } from '../core/render/lines.js';
import type { Progress } from '../core/run/ports.js';
import { ProgressLine } from './progress-line.js';
import type { Terminal } from './terminal.js';

/**
 * Runs long work while stderr says how far it is: one redrawn line on a terminal, one line per change elsewhere. Stdout
 * stays clean for the answer. Once the signal says so, the line goes away and nothing more is said.
 */
export async function withProgress<T>(
  title: string,
  terminal: Terminal,
  work: (watch: (progress: Progress) => void) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  if (!terminal.interactive) {
    let last = '';
    return work((progress) => {
      const line = `${title}: ${progressText(progress)}`;
      if (line !== last && signal?.aborted !== true) terminal.note(printedLines([line]));
      last = line;
    });
  }
  return redrawn(title, terminal, work, signal);
}

async function redrawn<T>(
  title: string,
  { ascii }: Terminal,
  work: (watch: (progress: Progress) => void) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const line = new ProgressLine(title, ascii);
  signal?.addEventListener('abort', () => {
    line.clear();
  });
  const isOver = () => signal?.aborted === true;
  try {
    const result = await work((progress) => {
      if (!isOver()) line.say(`${title}: ${progressText(progress)}`);
    });
    if (!isOver()) line.end(ascii ? 'ok' : '✔');
    return result;
  } catch (error) {
    if (!isOver()) line.end(ascii ? 'x' : '✖');
    throw error;
  }
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
