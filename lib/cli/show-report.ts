import { readFile } from '../core/run-files.js';
import type { RunStore } from '../core/ports.js';
import { jsonReport } from '../core/render/json.js';
import { textReport } from '../core/render/text.js';
import type { Report } from '../core/report.js';
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

/** The report that an audit left in its store. */
export function savedReport(store: RunStore): Promise<Report> {
  return readFile<Report>(store, 'report.json');
}
