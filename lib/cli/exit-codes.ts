import type { Report } from '../core/judge/report.js';

/** What the exit status of a command says. */
export const exitCodes = {
  clean: 0,
  /** There are findings about nodes that were read. */
  findings: 1,
  /** No finding, but a node was silent or a rule had no opinion. */
  unjudged: 2,
  /** The command failed: bad arguments, no credentials, a service that refused. */
  error: 3,
} as const;

/** The exit status of a report. A silent node counts as unjudged, not as a finding. */
export function exitCode({ findings, unjudged, silent }: Report): number {
  const silentIds = new Set(silent.map(({ instanceId }) => instanceId));
  const found = findings.some(({ nodes }) =>
    nodes.some(({ instanceId }) => !silentIds.has(instanceId)),
  );
  if (found) return exitCodes.findings;
  return unjudged.length > 0 || silent.length > 0 ? exitCodes.unjudged : exitCodes.clean;
}
