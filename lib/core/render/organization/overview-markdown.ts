import { count, plural } from '../../text/format.js';
import { printedRows, type Printed } from '../lines.js';
import { escaped } from '../markdown.js';
import { caseName } from '../selection.js';
import {
  auditsText,
  fullestOf,
  gapLines,
  headlineOf,
  nodesText,
  placeName,
  placesText,
  settlesAll,
} from './names.js';
import type { JudgedOverview } from './overview-text.js';

/** How many of each the body of an issue lists. A house choice. */
const MOST = 50;

/** The body of an issue over many accounts: the plan as a checklist, the cases as a table, what is not known. */
export function overviewMarkdown({ overview }: JudgedOverview): Printed {
  const { actions, moreActions, cases, moreCases, gaps } = overview;
  const plan = actions.map(
    (one) =>
      `- [ ] **${escaped(one.title)}** (${escaped(`${settlesAll(one)}; ${placesText(one)}`)})`,
  );
  const rows = cases.map((one) => {
    const nodes = `${count(one.affected)} of ${count(one.nodes)}`;
    const cells = [one.severity, placeName(one), caseName(one), nodes, fullestOf(one)];
    return `| ${[...cells, one.signs.join(', ')].map(escaped).join(' | ')} |`;
  });
  const table = [
    '| severity | account and Region | node group | nodes | fullest | signs |',
    '| --- | --- | --- | --- | ---: | --- |',
  ];
  const blocks = [
    ['## Conntrack audits', '', escaped(headlineOf(overview))],
    [escaped(nodesText(overview)), '', escaped(auditsText(overview))],
    listed('### What to do', [], plan, moreActions),
    listed('### Cases', table, rows, moreCases),
    listed(
      '### Not known',
      [],
      gapLines(gaps).map((line) => `- ${escaped(line)}`),
      0,
    ),
  ].filter((block) => block.length > 0);
  return printedRows(blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block])));
}

function listed(
  title: string,
  head: readonly string[],
  lines: readonly string[],
  untold: number,
): string[] {
  if (lines.length === 0) return [];
  const more = Math.max(0, lines.length - MOST) + untold;
  return [
    ...[title, '', ...head, ...lines.slice(0, MOST)],
    ...(more > 0 ? ['', `and ${plural(more, 'more line')}`] : []),
  ];
}
