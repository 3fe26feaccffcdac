import type { GroupCase } from '../plan/group-case.js';
import { count, percent } from '../text/format.js';
import { cut } from './cut.js';
import type { Judged } from './judged.js';
import { faint, hanging, printedLines, spaced, strong, type Line, type Printed } from './lines.js';
import type { ReadWhere, View } from './read-where.js';
import { actionLines } from './screen/plan-block.js';
import { screenText, USUAL_COLUMNS } from './screen/screen.js';
import { caseName } from './selection.js';
import { findingBlock, textReport } from './text.js';

/** A report for people, as much of it as they asked for. */
export function peopleText(judged: Judged, where: ReadWhere): Printed {
  return views[where.view ?? 'screen'](judged, where);
}

const views: Readonly<Record<View, (judged: Judged, where: ReadWhere) => Printed>> = {
  screen: screenText,
  full: ({ report }, where) => textReport(report, where.paint, where.program, where),
  finding: ({ report: { findings } }, where) => {
    const blocks = findings.map((finding) => findingBlock(finding, where.program));
    return printedLines(spaced(blocks), where.paint, where);
  },
  case: (judged, where) => {
    const columns = where.columns ?? USUAL_COLUMNS;
    const blocks = judged.cases.flatMap((one) => [
      caseBlock(one),
      judged.plan.actions.length === 0
        ? []
        : [
            [strong('What to do')],
            ...judged.plan.actions.flatMap((action, at) => actionLines(action, at, columns)),
          ],
    ]);
    return printedLines(spaced(blocks), where.paint, { ...where, columns });
  },
};

/** One node group as one story: its fullest node, its signs, where its limit comes from. */
function caseBlock(one: GroupCase): Line[] {
  const { severity, affected, nodes, worst, findings, why } = one;
  return [
    [
      { style: severity, text: severity.toUpperCase() },
      '  ',
      strong(caseName(one)),
      `  ${count(affected)} of ${count(nodes)} nodes`,
    ],
    ...(worst === undefined ? [] : [hanging('  Fullest  ', fullestText(worst))]),
    ...findings.map((finding, at) =>
      hanging(
        at === 0 ? '  Signs    ' : '           ',
        { style: finding.severity, text: finding.rule },
        ` ${cut(finding.summary, 400)}`,
      ),
    ),
    ...(why === undefined ? [] : [hanging('  Why      ', cut(why, 600))]),
    ...findings.map(({ id }, at) =>
      hanging(at === 0 ? '  More     ' : '           ', faint(`--finding ${id}`)),
    ),
  ];
}

function fullestText({ instanceId, instanceType, entries, max }: NonNullable<GroupCase['worst']>) {
  return `${instanceId} (${instanceType}): ${count(entries)} of ${count(max)} entries (${percent(entries / max)})`;
}
