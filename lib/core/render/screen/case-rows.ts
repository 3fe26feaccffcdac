import type { GroupCase } from '../../plan/group-case.js';
import { count, plural } from '../../text/format.js';
import { faint, good, padded, strong, widthOf, type Line } from '../lines.js';
import { caseName } from '../selection.js';
import { caseChange, goneCases, MARKS, usageText } from './case-change.js';

/** How many cases one screen has, and how wide the column of their names may be. House choices. */
const CASES_SHOWN = 25;
const NAME_COLUMNS = 32;
/** Columns of a severity, of a usage, and of what stands between two columns. */
const SEVERITY = 8;
const USAGE = 5;
const GAP = 2;

/**
 * One line for each case: how bad, where, how many nodes, the fullest of them, its signs. After a look before this
 * one, what changed is marked, and what is over stands below.
 */
export function caseRows(
  cases: readonly GroupCase[],
  columns: number,
  before?: readonly GroupCase[],
): Line[] {
  const gone = goneCases(cases, before ?? []);
  if (cases.length + gone.length === 0) return [];
  const shown = cases.slice(0, CASES_SHOWN);
  const more = cases.length - shown.length;
  const names = Math.min(NAME_COLUMNS, Math.max(...shown.map((one) => widthOf(caseName(one)))));
  const nodes = Math.max(...shown.map((one) => nodesText(one).length));
  return [
    [
      strong('Cases'),
      ` (severity, where, nodes, fullest table, signs; ${before === undefined ? 'more: --case NAME' : MARKS})`,
    ],
    ...shown.map((one) => row(one, { names, nodes, columns }, before)),
    ...(more > 0 ? [`and ${plural(more, 'more case')}: --full has all`] : []),
    ...gone.slice(0, CASES_SHOWN).map((one) => ['  ', good('over'), `      ${caseName(one)}`]),
  ];
}

interface Columns {
  readonly names: number;
  readonly nodes: number;
  readonly columns: number;
}

function row(
  one: GroupCase,
  { names, nodes, columns }: Columns,
  before: readonly GroupCase[] | undefined,
): Line {
  const { severity } = one;
  const { mark, was } = before === undefined ? {} : caseChange(one, before);
  const lead = mark === undefined ? '' : `${mark} `;
  const name = padded(caseName(one), names);
  const many = nodesText(one).padEnd(nodes);
  const full = usageText(one).padStart(USAGE);
  const former = was === undefined ? '' : `was ${was}, `;
  const room = columns - (lead.length + SEVERITY + widthOf(name) + nodes + USAGE + 4 * GAP);
  return [
    lead,
    { style: severity, text: severity.toUpperCase().padEnd(SEVERITY) },
    '  ',
    strong(name),
    `  ${many}  ${full}  `,
    faint(`${former}${signsText(one, room - widthOf(former))}`),
  ];
}

function nodesText({ affected, nodes }: GroupCase): string {
  return `${count(affected)} of ${count(nodes)}`;
}

/** The rules, worst first, as many as there is room for, and how many more there are. */
function signsText({ findings }: GroupCase, room: number): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  for (let shown = rules.length; shown > 1; shown -= 1) {
    const more = rules.length - shown;
    const text = [...rules.slice(0, shown), ...(more > 0 ? [`+${more}`] : [])].join(', ');
    if (widthOf(text) <= room) return text;
  }
  const [first = ''] = rules;
  return rules.length < 2 ? first : `${first}, +${rules.length - 1}`;
}
