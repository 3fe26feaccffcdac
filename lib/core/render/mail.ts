import { severities } from '../finding.js';
import { plural } from '../format.js';
import { printable } from '../printable.js';
import type { Report } from '../report.js';
import { headline, textReport } from './text.js';

/** How many findings a mail spells out. */
const FINDINGS_IN_MAIL = 25;

/**
 * The subject of a mail about this report. The sender cuts it to what SNS takes.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function mailSubject(report: Report): string {
  const worst = severities.find((one) => report.findings.some(({ severity }) => severity === one));
  return printable(`[${worst ?? 'ok'}] conntrack in ${report.region}: ${headline(report)}`);
}

/** The body of a mail: the worst findings, how many more there are, and where the whole report is. */
export function mailBody(report: Report, location: string): string {
  const shown = { ...report, findings: report.findings.slice(0, FINDINGS_IN_MAIL) };
  const more = report.findings.length - shown.findings.length;
  const rest = more === 0 ? '' : `and ${plural(more, 'more finding')}\n`;
  return `${textReport(shown)}\n${rest}The whole report: ${printable(location)}\n`;
}
