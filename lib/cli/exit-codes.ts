import type { Report } from '../core/judge/report.js';
import { rankOf, type Severity } from '../core/judge/severity.js';
import { notOfTheNode } from '../core/node/silent-node.js';

/** What the exit status of a command says. */
export const exitCodes = {
  clean: 0,
  /** There are findings about nodes that were read. */
  findings: 1,
  /**
   * The audit is incomplete, as something was refused or broken: there may be more than the findings of the
   * report. Or it is complete and has no findings, but a node was silent or a rule had no opinion.
   */
  incomplete: 2,
  /** The command failed: bad arguments, no credentials, nothing to audit, a service that refused. */
  error: 3,
  /** People ended it with Ctrl-C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
} as const;

/** What `--help` says of it, where a command ends with such a status. */
export const EXIT_STATUS =
  'Exit status: 0 clean, 1 findings, 2 incomplete, 3 error.\n2 with findings: something was refused or broken, and there may be more. 2 without: something could not be judged.';

/**
 * The exit status of a report. A silent node is no finding; why it is silent decides. Findings milder than `failOn`
 * are none.
 */
export function exitCode(report: Report, failOn: Severity = 'notice'): number {
  if (isIncomplete(report)) return exitCodes.incomplete;
  const { findings, unjudged, silent } = report;
  const silentIds = new Set(silent.map(({ instanceId }) => instanceId));
  const found = findings
    .filter(({ severity }) => rankOf(severity) <= rankOf(failOn))
    .some(({ nodes }) => nodes.some(({ instanceId }) => !silentIds.has(instanceId)));
  if (found) return exitCodes.findings;
  return unjudged.length > 0 || silent.length > 0 ? exitCodes.incomplete : exitCodes.clean;
}

/**
 * The exit status of a report over many audits. It is that of the worst of them; one that did not take place leaves the
 * whole incomplete. `isWhole`: each took place.
 */
export function exitCodeOfAll(
  reports: readonly Report[],
  isWhole: boolean,
  failOn?: Severity,
): number {
  if (!isWhole || reports.some(isIncomplete)) return exitCodes.incomplete;
  const codes = reports.map((report) => exitCode(report, failOn));
  const worst = [exitCodes.findings, exitCodes.incomplete].find((code) => codes.includes(code));
  return worst ?? exitCodes.clean;
}

/** Whether the role or a service kept something from the audit. A node that did not answer kept it itself. */
function isIncomplete({ gaps = [], silent }: Report): boolean {
  return gaps.length > 0 || silent.some(({ reason }) => notOfTheNode.includes(reason));
}
