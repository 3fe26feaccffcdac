import type { Finding } from '../judge/finding.js';
import { oneLine } from '../text/printable.js';
import type { Judged } from './judged.js';
import { printedRows, type Printed } from './lines.js';
import { recommendationOf } from './recommendation.js';

/** The columns, in order. New ones come at the end. */
export const csvColumns = [
  'severity',
  'cluster',
  'node_group',
  'instance_id',
  'instance_type',
  'rule',
  'summary',
  'entries',
  'limit',
  'usage_ratio',
  'remedy',
  'predicted_limit',
  'predicted_usage_ratio',
  'finding_id',
  'run_id',
  'started_at',
] as const;

type Row = Readonly<Record<(typeof csvColumns)[number], string | number | undefined>>;

/**
 * One row for each node of each finding, with its numbers, for a spreadsheet. No cell begins what a spreadsheet takes
 * for a formula.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvReport({ report }: Judged): Printed {
  return csvRows(csvColumns, rowsOfReport(report));
}

/** The same of many reports, with account and Region. */
export function csvReports(reports: readonly Judged['report'][]): Printed {
  const columns = [...csvColumns, 'account', 'region'] as const;
  const rows = reports.flatMap((report) =>
    rowsOfReport(report).map((row) => ({
      ...row,
      account: report.account?.id,
      region: report.region,
    })),
  );
  return csvRows(columns, rows);
}

function csvRows<K extends string>(
  columns: readonly K[],
  rows: readonly Readonly<Record<K, string | number | undefined>>[],
): Printed {
  const cells = rows.map((row) => columns.map((column) => cell(row[column])));
  return printedRows([[...columns], ...cells].map((row) => row.join(',')));
}

function rowsOfReport(report: Judged['report']): Row[] {
  return report.findings.flatMap((finding) => rowsOf(finding, report));
}

function rowsOf(finding: Finding, { runId, startedAt }: Judged['report']): Row[] {
  const { id, rule, cluster, nodeGroup } = finding;
  const remedy = recommendationOf(finding);
  return finding.nodes.map(({ instanceId, instanceType, severity, summary, measures }) => ({
    severity,
    cluster,
    node_group: nodeGroup,
    instance_id: instanceId,
    instance_type: instanceType,
    rule,
    summary,
    entries: measures.entries,
    limit: measures.max,
    usage_ratio: measures.usage,
    remedy: remedy?.id,
    predicted_limit: remedy?.predicted.limit,
    predicted_usage_ratio: remedy?.predicted.usage,
    finding_id: id,
    run_id: runId,
    started_at: startedAt,
  }));
}

/** What a spreadsheet takes for the beginning of a formula, or drops before one. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\n|%＝＋－＠]/u;

/** A text is always quoted; what might be a formula gets an apostrophe in front. A number stays one. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = oneLine(value);
  const safe = FORMULA.test(value) || FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
