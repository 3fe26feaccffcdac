import type { JudgedPart } from '../../organization/part-record.js';
import { jsonReport } from '../json.js';
import type { JudgedOverview } from './overview-text.js';

/** Raised if a field goes away or changes its meaning; not for a new field. */
const OVERVIEW_SCHEMA_VERSION = 1;

/** Many audits for machines: the picture, and each report as `report.v1` has it. */
export function jsonOverview({ overview }: JudgedOverview, parts: readonly JudgedPart[]) {
  return {
    schemaVersion: OVERVIEW_SCHEMA_VERSION,
    ...overview,
    reports: parts.map(jsonReport),
  };
}
