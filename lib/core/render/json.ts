import type { Assessment } from '../judge/finding.js';
import type { GroupCase } from '../plan/group-case.js';
import type { Judged } from './judged.js';

/** Raised if a field of the JSON report goes away or changes its meaning; not for a new field. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * The report for machines: ids and numbers are as in the report. Its published form is
 * `schema/report.v1.schema.json`.
 */
export function jsonReport({ report, plan, cases }: Pick<Judged, 'report' | 'plan' | 'cases'>) {
  const { findings, ...rest } = report;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    ...rest,
    plan,
    cases: cases.map(jsonCase),
    findings: findings.map(jsonFinding),
  };
}

/** One finding for machines, as the report has it. */
export function jsonFinding({ nodes, remedies, ...finding }: Judged['report']['findings'][number]) {
  return {
    ...finding,
    nodes: nodes.map(({ instanceId }) => instanceId),
    measures: Object.fromEntries(nodes.map((node) => [node.instanceId, node.measures])),
    remedies: remedies.map(jsonRemedy),
  };
}

/** A case names its findings: the report has them already. */
function jsonCase({ findings, ...rest }: GroupCase) {
  return { ...rest, findings: findings.map(({ id }) => id) };
}

function jsonRemedy({ predicted, ...remedy }: Assessment) {
  const { limit = null, usage = null, ...others } = predicted;
  return { ...remedy, predicted: { limit, usage, ...others } };
}
