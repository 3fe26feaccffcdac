import type { JudgedPart } from '../../organization/part-record.js';
import { printedJson, type Printed } from '../lines.js';
import { ndjsonReport } from '../ndjson.js';
import type { ReadWhere } from '../read-where.js';
import { jsonOverview } from './overview-json.js';
import { overviewText, type JudgedOverview } from './overview-text.js';

/** Many audits with their reports, in the order of the records. */
export interface JudgedOrganization extends JudgedOverview {
  readonly parts: readonly JudgedPart[];
}

type Render = (judged: JudgedOrganization, where: ReadWhere) => Printed;

/** Every format of a report over several accounts and Regions, by the name of its option. */
export const overviewFormats = {
  text: overviewText,
  json: (judged) => printedJson(jsonOverview(judged, judged.parts), 2),
  ndjson: ({ parts }) => parts.map(ndjsonReport).join('') as Printed,
} as const satisfies Record<string, Render>;

export type OverviewFormat = keyof typeof overviewFormats;
