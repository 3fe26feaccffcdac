import type { Overview, PlacedCase, SharedAction } from '../../organization/overview.js';
import type { PartRecord } from '../../organization/part.js';
import { placeOf } from '../../organization/overview.js';
import { count, plural } from '../../text/format.js';
import { cut } from '../cut.js';
import {
  faint,
  good,
  hanging,
  padded,
  printedLines,
  spaced,
  strong,
  widthOf,
  type Line,
  type Printed,
} from '../lines.js';
import type { ReadWhere } from '../read-where.js';
import { USUAL_COLUMNS } from '../screen/screen.js';
import { caseName } from '../selection.js';
import {
  auditsText,
  countsText,
  fullestOf,
  gapLines,
  headlineOf,
  nodesText,
  placeName,
  placesText,
  settlesAll,
} from './names.js';

/** How many of each one screen has. House choices. */
const ACTIONS_SHOWN = 15;
const CASES_SHOWN = 15;
const AUDITS_SHOWN = 40;
const GAPS_SHOWN = 20;

/** Many audits, and the picture that they make together. */
export interface JudgedOverview {
  readonly overview: Overview;
  /** One for each audit that took place, in the order of accounts and Regions. */
  readonly records: readonly PartRecord[];
}

/** Many audits on one screen: what to do, where it is worst, each audit in a line, and what is not known. */
export function overviewText({ overview, records }: JudgedOverview, where: ReadWhere): Printed {
  const columns = where.columns ?? USUAL_COLUMNS;
  const blocks = [
    [
      [strong(`conntrack audit: ${headlineOf(overview)}`)],
      nodesText(overview),
      auditsText(overview),
    ],
    actionLines(overview),
    caseLines(overview),
    auditLines(records),
    listed('Not known', gapLines(overview.gaps), GAPS_SHOWN),
    ending(overview, where),
  ];
  return printedLines(spaced(blocks), where.paint, { ...where, columns });
}

function actionLines({ actions, moreActions }: Overview): Line[] {
  if (actions.length === 0) return [];
  const more = actions.length - ACTIONS_SHOWN + moreActions;
  return [
    [strong('What to do'), ` (best first; the same thing in several places is one line)`],
    ...actions.slice(0, ACTIONS_SHOWN).flatMap(actionLine),
    ...moreLine(more, 'action'),
  ];
}

function actionLine(action: SharedAction, at: number): Line[] {
  const lead = `${String(at + 1).padStart(3)} `;
  return [
    hanging(lead, good(cut(action.title, 300))),
    hanging('    ', faint(`${settlesAll(action)}; ${placesText(action)}`)),
  ];
}

function caseLines({ cases, moreCases }: Overview): Line[] {
  if (cases.length === 0) return [];
  const shown = cases.slice(0, CASES_SHOWN);
  const more = cases.length - shown.length + moreCases;
  const names = Math.max(...shown.map((one) => widthOf(placeName(one))));
  return [
    [strong('Cases'), ' (severity, account, Region, node group, nodes, fullest table, signs)'],
    ...shown.map((one) => caseLine(one, names)),
    ...moreLine(more, 'case'),
  ];
}

function caseLine(one: PlacedCase, names: number): Line {
  const nodes = `${count(one.affected)} of ${count(one.nodes)}`;
  return [
    { style: one.severity, text: one.severity.toUpperCase().padEnd(8) },
    '  ',
    strong(padded(placeName(one), names)),
    `  ${cut(caseName(one), 120)}  ${nodes}  ${fullestOf(one)}  `,
    faint(one.signs.join(', ')),
  ];
}

function auditLines(records: readonly PartRecord[]): Line[] {
  const shown = records.filter(({ clusters }) => clusters > 0);
  if (shown.length === 0) return [];
  const names = Math.max(...shown.slice(0, AUDITS_SHOWN).map((one) => widthOf(nameOf(one))));
  return [
    [strong('Audits'), ' (account, Region, nodes read, what was found)'],
    ...shown.slice(0, AUDITS_SHOWN).map((one) => auditLine(one, names)),
    ...moreLine(shown.length - AUDITS_SHOWN, 'audit'),
  ];
}

function auditLine(record: PartRecord, names: number): Line {
  const { nodes, clusters, findings } = record;
  const read =
    nodes.discovered === 0
      ? `no node of ${plural(clusters, 'cluster')}`
      : `${count(nodes.read)} of ${count(nodes.discovered)}`;
  return `  ${padded(nameOf(record), names)}  ${read}  ${countsText(findings)}`;
}

function nameOf(record: PartRecord): string {
  return placeName(placeOf(record));
}

function listed(title: string, all: readonly string[], most: number): Line[] {
  if (all.length === 0) return [];
  return [
    [strong(title)],
    ...all.slice(0, most).map((one) => `  ${cut(one, 400)}`),
    ...moreLine(all.length - most, 'line'),
  ];
}

function moreLine(more: number, what: string): Line[] {
  return more > 0 ? [`    and ${plural(more, `more ${what}`)}: --json has all`] : [];
}

/** The verdict, and the next command: there people look first. */
function ending(overview: Overview, { program, saved }: ReadWhere): Line[] {
  const [worst] = overview.cases;
  const lead: Line =
    worst === undefined
      ? [strong(`Verdict: ${headlineOf(overview)}`)]
      : [
          { style: worst.severity, text: worst.severity.toUpperCase() },
          strong(` in ${placeName(worst)}`),
          `: ${headlineOf(overview)}`,
        ];
  if (worst === undefined || saved === undefined) return [lead];
  const next = `${program} report --from ${saved}/${worst.account}/${worst.region}`;
  return [lead, hanging('Next: ', strong(next))];
}
