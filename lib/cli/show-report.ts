import { readFile } from '../core/run/run-files.js';
import { isWorthTelling, type Digest } from '../core/ledger/digest.js';
import type { RunStore } from '../core/run/ports.js';
import { changesText } from '../core/render/changes.js';
import { jsonReport } from '../core/render/json.js';
import { textReport } from '../core/render/text.js';
import type { Report } from '../core/judge/report.js';
import { exitCode } from './exit-codes.js';
import { paintFor, type Terminal } from './terminal.js';

/** Prints a report for people or for machines, and gives the exit status that it calls for. */
export function showReport(report: Report, json: boolean, terminal: Terminal): number {
  terminal.write(
    json
      ? `${JSON.stringify(jsonReport(report), null, 2)}\n`
      : textReport(report, paintFor(terminal)),
  );
  return exitCode(report);
}

/** What changed since the last audit, in a line; the run store holds what an audit found out. */
export async function savedChanges(store: RunStore): Promise<string> {
  const digest = await readFile<Digest>(store, 'digest.json');
  const changes = isWorthTelling(digest) ? changesText(digest) : 'nothing changed';
  return `since the last audit: ${changes}`;
}

/** The report that an audit left in its store. */
export function savedReport(store: RunStore): Promise<Report> {
  return readFile<Report>(store, 'report.json');
}
