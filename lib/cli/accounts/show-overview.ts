import type { Severity } from '../../core/judge/severity.js';
import { overviewOf } from '../../core/organization/overview.js';
import { overviewFormats, type OverviewFormat } from '../../core/render/organization/index.js';
import { printedLines } from '../../core/render/lines.js';
import { present } from '../../core/text/present.js';
import { PROGRAM } from '../../program.js';
import { exitCodeOfAll } from '../exit-codes.js';
import { printedFormat } from '../outputs.js';
import type { ReportOptions } from '../report-options.js';
import { paintFor, type Terminal } from '../terminal.js';
import { writeReport } from '../write-report.js';
import type { Audited } from './audit-all.js';

/** How the report over many audits is shown, beside what its options say. */
export interface ShowingAll {
  /** The folder that keeps the runs. */
  readonly saved?: string | undefined;
  readonly failOn?: Severity | undefined;
}

/** Prints one report over many audits, or writes it to files, and gives its exit status. */
export async function showOverview(
  { records, parts, gaps }: Audited,
  options: ReportOptions,
  terminal: Terminal,
  { saved, failOn }: ShowingAll,
): Promise<number> {
  const { format: outputs = [], json = false } = options;
  const printed = formatOf(printedFormat(outputs, json));
  const overview = overviewOf(records, gaps);
  const all = { overview, records, parts };
  const plainly = {
    paint: paintFor({ ...terminal, colour: false }),
    program: PROGRAM,
    ...present({ saved }),
  };
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    await writeReport(file, overviewFormats[formatOf(format)](all, plainly));
    terminal.note(printedLines([`wrote ${file}`]));
  }
  const { columns, ascii } = terminal;
  const where = { ...plainly, paint: paintFor(terminal), columns, ascii };
  terminal.write(overviewFormats[printed](all, where));
  const reports = parts.map(({ report }) => report);
  return exitCodeOfAll(reports, gaps.length === 0, failOn);
}

/** Fails on what only a report of one account and Region has, before anything is asked. */
export function checkOverviewOptions(options: ReportOptions): void {
  const { format: outputs = [], json = false } = options;
  for (const { format } of outputs) formatOf(format);
  formatOf(printedFormat(outputs, json));
  const given = Object.entries({
    full: options.full,
    finding: options.finding,
    case: options.case,
    severity: options.severity,
    rule: options.rule,
    cluster: options.cluster,
  }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new Error(
    `--${given[0]} is for the report of one account and Region: report --from DIR/ACCOUNT/REGION`,
  );
}

function formatOf(name: string): OverviewFormat {
  const names = Object.keys(overviewFormats) as OverviewFormat[];
  const format = names.find((one) => one === name);
  if (format !== undefined) return format;
  throw new Error(
    `the report over several accounts and Regions should be one of ${names.join(', ')}, got '${name}'; report --from DIR/ACCOUNT/REGION has all formats`,
  );
}
