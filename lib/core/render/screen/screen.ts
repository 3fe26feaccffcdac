import type { Report } from '../../judge/report.js';
import { plural } from '../../text/format.js';
import { cut } from '../cut.js';
import { groupedGaps } from '../gap-text.js';
import type { Judged } from '../judged.js';
import { faint, hanging, printedLines, spaced, strong, type Line, type Printed } from '../lines.js';
import { placeText } from '../names.js';
import type { ReadWhere } from '../read-where.js';
import { headline, verdictOf } from '../verdict.js';
import { caseRows } from './case-rows.js';
import { planBlock } from './plan-block.js';
import { silentBlock } from './silent-block.js';
import { unjudgedBlock } from './unjudged-block.js';

/** Columns where there is no terminal. */
export const USUAL_COLUMNS = 100;
/** How many gaps, and how many notes, one screen has. House choices. */
const GAPS_SHOWN = 8;
const NOTES_SHOWN = 8;

/** What to do, on one screen. It ends with the verdict and the next command: there people look first. */
export function screenText(judged: Judged, where: ReadWhere): Printed {
  const { report, cases } = judged;
  const columns = where.columns ?? USUAL_COLUMNS;
  const blocks = [
    heading(report, where),
    planBlock(judged, columns),
    caseRows(cases, columns, where.before),
    silentBlock(report),
    shortList('Not known', groupedGaps(report.gaps ?? []), GAPS_SHOWN),
    shortList('Notes', report.notes ?? [], NOTES_SHOWN),
    unjudgedBlock(report),
    ending(judged, where),
  ];
  return printedLines(spaced(blocks), where.paint, { ...where, columns });
}

function heading(report: Report, { only }: ReadWhere): Line[] {
  return [
    [strong(`conntrack audit: ${headline(report)}`)],
    [faint(`${placeText(report)}, ${report.startedAt}, run ${report.runId}`)],
    ...(only === undefined ? [] : [hanging('shown: ', only)]),
  ];
}

function shortList(title: string, all: readonly string[], most: number): Line[] {
  if (all.length === 0) return [];
  const more = all.length - most;
  return [
    [strong(title)],
    ...all.slice(0, most).map((one) => `  ${cut(one, 400)}`),
    ...(more > 0 ? [`  and ${plural(more, 'more line')}: --full has all`] : []),
  ];
}

function ending({ report, plan }: Judged, { program, saved }: ReadWhere): Line[] {
  const { severity, where, counts } = verdictOf(report);
  const verdict: Line =
    severity === undefined
      ? [strong(`Verdict: ${counts}`)]
      : [{ style: severity, text: severity.toUpperCase() }, strong(` in ${where}`), `: ${counts}`];
  const next = nextCommands(plan.actions.length > 0, program, saved);
  return [
    verdict,
    ...next.map((command, at) => hanging(at === 0 ? 'Next: ' : '      ', strong(command))),
  ];
}

/** Files for the plan, or else the run that they are made of first. Each on a row that can be copied. */
function nextCommands(hasPlan: boolean, program: string, saved: string | undefined): string[] {
  if (!hasPlan) return [];
  const run = saved ?? 'run';
  return [
    ...(saved === undefined ? [`${program} audit --save ${run}`] : []),
    `${program} fix --plan --from ${run} -o fixes`,
  ];
}
