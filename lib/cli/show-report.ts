import { isWorthTelling, type Digest } from '../core/ledger/digest.js';
import type { RunStore } from '../core/run/ports.js';
import { changesText } from '../core/render/changes.js';
import { formats, type Format } from '../core/render/index.js';
import type { Report } from '../core/judge/report.js';
import { PROGRAM } from '../program.js';
import { exitCode } from './exit-codes.js';
import { paintFor, type Terminal } from './terminal.js';

/** Prints a report for people or for machines, and gives its exit status. */
export function showReport(report: Report, json: boolean, terminal: Terminal): number {
  const format: Format = json ? 'json' : 'text';
  terminal.write(formats[format](report, { paint: paintFor(terminal), program: PROGRAM }));
  return exitCode(report);
}

/** One line about what changed since the last audit, from the run store. */
export async function savedChanges(store: RunStore): Promise<string> {
  const digest = (await store.get('digest.json')) as Digest;
  const changes = isWorthTelling(digest) ? changesText(digest) : 'nothing changed';
  return `since the last audit: ${changes}`;
}

/** The report that an audit left in its store. */
export async function savedReport(store: RunStore): Promise<Report> {
  return (await store.get('report.json')) as Report;
}
