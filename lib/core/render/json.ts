import type { Assessment } from '../judge/finding.js';
import type { Report } from '../judge/report.js';

/** Raised if a field of the JSON report goes away or changes its meaning; not for a new field. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * The report for machines: ids and numbers are as in the report. Its published form is
 * `schema/report.v1.schema.json`.
 */
export function jsonReport(report: Report) {
  const { findings, ...rest } = report;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    ...rest,
    findings: findings.map(({ nodes, remedies, ...finding }) => ({
      ...finding,
      nodes: nodes.map(({ instanceId }) => instanceId),
      measures: Object.fromEntries(nodes.map((node) => [node.instanceId, node.measures])),
      remedies: remedies.map(jsonRemedy),
    })),
  };
}

function jsonRemedy({ predicted, ...remedy }: Assessment) {
  const { limit = null, usage = null, ...others } = predicted;
  return { ...remedy, predicted: { limit, usage, ...others } };
}
