import { csvReport } from './csv.js';
import { jsonReport } from './json.js';
import type { Judged } from './judged.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { ndjsonReport } from './ndjson.js';
import { prometheusReport } from './prometheus.js';
import { printedJson, printedText, type Printed } from './lines.js';
import { pageOf } from './page/page.js';
import type { ReadWhere } from './read-where.js';
import { peopleText } from './views.js';

export type { Judged } from './judged.js';
export type { ReadWhere } from './read-where.js';

/** A judged audit in one format, with a line break at its end. */
type Render = (judged: Judged, where: ReadWhere) => Printed;

/** Every format of a report, by the name of its option. */
export const formats = {
  text: peopleText,
  json: (judged) => printedJson(jsonReport(judged), 2),
  ndjson: ndjsonReport,
  csv: csvReport,
  markdown: markdownReport,
  prometheus: prometheusReport,
  junit: junitReport,
  html: (judged, { program }) => printedText(pageOf(judged, program)),
} as const satisfies Record<string, Render>;

export type Format = keyof typeof formats;
