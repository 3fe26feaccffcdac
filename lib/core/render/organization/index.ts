import type { JudgedPart } from '../../organization/part-record.js';
import { csvReports } from '../csv.js';
import { printedJson, printedText, type Printed } from '../lines.js';
import { ndjsonReport } from '../ndjson.js';
import type { ReadWhere } from '../read-where.js';
import { jsonOverview } from './overview-json.js';
import { overviewMarkdown } from './overview-markdown.js';
import { overviewPage } from './overview-page.js';
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
  csv: ({ parts }) => csvReports(parts.map(({ report }) => report)),
  markdown: overviewMarkdown,
  html: (judged) => printedText(overviewPage(judged, false)),
} as const satisfies Record<string, Render>;

export type OverviewFormat = keyof typeof overviewFormats;
