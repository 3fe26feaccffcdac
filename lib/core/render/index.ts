import type { Report } from '../judge/report.js';
import { jsonReport } from './json.js';
import { printedJson, type Printed } from './lines.js';
import type { Paint } from './paint.js';
import { textReport } from './text.js';

/** Where people will read a report. */
export interface ReadWhere {
  readonly paint: Paint;
  /** The program's name there. */
  readonly program: string;
}

/** A report in one format, with a line break at its end. */
type Render = (report: Report, where: ReadWhere) => Printed;

/** Every format of a report, by the name of its option. */
export const formats = {
  text: (report, { paint, program }) => textReport(report, paint, program),
  json: (report) => printedJson(jsonReport(report), 2),
} as const satisfies Record<string, Render>;

export type Format = keyof typeof formats;
