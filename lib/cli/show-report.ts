import { isWorthTelling, type Digest } from '../core/ledger/digest.js';
import type { Severity } from '../core/judge/severity.js';
import { changesText } from '../core/render/changes.js';
import { formats, type Judged, type ReadWhere } from '../core/render/index.js';
import { printedLines } from '../core/render/lines.js';
import { selected, selectionText, type Selection } from '../core/render/selection.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import type { RunStore } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { PROGRAM } from '../program.js';
import { exitCode } from './exit-codes.js';
import { printedFormat } from './outputs.js';
import type { ReportOptions } from './report-options.js';
import { paintFor, type Terminal } from './terminal.js';
import { writeReport } from './write-report.js';

/** How a report is shown, beside what its options say. */
export interface Showing {
  /** The folder that keeps the run. */
  readonly saved?: string | undefined;
  readonly failOn?: Severity | undefined;
  /** The cases of the look before this one. */
  readonly before?: ReadWhere['before'];
}

/**
 * Prints a report, or writes it to files, and gives its exit status: that of the whole audit, whatever part of it is
 * shown. Files stand beside what is printed.
 */
export async function showReport(
  judged: Judged,
  options: ReportOptions,
  terminal: Terminal,
  { saved, failOn, before }: Showing = {},
): Promise<number> {
  const { format: outputs = [], json = false } = options;
  const printed = printedFormat(outputs, json);
  const selection = selectionOf(options);
  const chosen = selected(judged, selection);
  const said = present({ saved, before, only: selectionText(selection) });
  const { columns, ascii } = terminal;
  const plainly: ReadWhere = {
    paint: paintFor({ ...terminal, colour: false }),
    program: PROGRAM,
    ...said,
  };
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    await writeReport(file, formats[format](chosen, { ...plainly, view: viewOf(options) }));
    terminal.note(printedLines([`wrote ${file}`]));
  }
  const paint = paintFor(terminal);
  const where = { ...plainly, paint, columns, ascii, view: viewOf(options) };
  terminal.write(formats[printed](chosen, where));
  return exitCode(judged.report, failOn);
}

function viewOf({ full, ...one }: ReportOptions): NonNullable<ReadWhere['view']> {
  if (one.finding !== undefined) return 'finding';
  if (full === true) return 'full';
  return one.case === undefined ? 'screen' : 'case';
}

function selectionOf(options: ReportOptions): Selection {
  const { severity, rule: rules, cluster: clusters, finding } = options;
  return present({ severity, rules, clusters, finding, case: options.case });
}

/** One line about what changed since the last audit, from the run store. */
export async function savedChanges(store: RunStore): Promise<string> {
  const digest = (await store.get('digest.json')) as Digest;
  const { first, ...later } = digest;
  const changes = isWorthTelling(digest) ? changesText(later) : 'nothing changed';
  return first === true
    ? `first audit in this ledger: ${changes}`
    : `since the last audit: ${changes}`;
}

/** The judgement of an audit by what it left in its store. */
export async function savedJudgement(store: RunStore): Promise<Judged> {
  return judgeSavedRun(store, catalogue);
}
