import type { Judged } from './judged.js';
import { jsonFinding, REPORT_SCHEMA_VERSION } from './json.js';
import { printedJson, type Printed } from './lines.js';

/** One finding a line, each with the run that it is of. Its published form is `schema/finding-line.v1.schema.json`. */
export function ndjsonReport({ report }: Pick<Judged, 'report'>): Printed {
  const { runId, startedAt, region, account } = report;
  const of = { schemaVersion: REPORT_SCHEMA_VERSION, runId, startedAt, region };
  return report.findings
    .map((finding) => printedJson({ ...of, ...(account && { account }), ...jsonFinding(finding) }))
    .join('') as Printed;
}
