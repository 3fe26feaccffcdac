import type { Effect } from '../judge/finding.js';
import type { Action, GroupEffect, Plan } from '../plan/plan.js';
import type { Answer, GroupAnswer, Turned } from '../plan/what-if.js';
import { count, percent, plural } from '../text/format.js';
import { faint, spaced, strong, type Line } from './lines.js';

/** A whole plan as a list to work through. */
export function planLines({ actions, unsettled }: Plan): Line[] {
  const open: Line[] = unsettled.map(({ id, severity, why }) => [
    '  ',
    { style: severity, text: severity },
    ` ${id}: ${why}`,
  ]);
  return spaced([
    [[strong(`Plan: ${plural(actions.length, 'action')}, best first`)]],
    ...actions.map(actionLines),
    open.length === 0 ? [] : [[strong('Stays')], ...open],
  ]);
}

function actionLines({ title, settles, nodes, effects, price, undo }: Action, at: number): Line[] {
  return [
    [strong(`${at + 1}. ${title}`)],
    `   settles ${plural(settles.length, 'finding')} on ${plural(nodes, 'node')}`,
    ...effects.map((one) => `   ${effectText(one)}`),
    [faint(`   price: ${price}`)],
    ...(undo === undefined ? [] : [[faint(`   undo: ${undo}`)]]),
  ];
}

/** The answer to a question, node group by node group. */
export function answerLines({ groups, fires, stops }: Answer): Line[] {
  return spaced([
    [[strong('What if')], ...groups.flatMap(groupLines)],
    [[strong('Would fire')], ...turnedLines(fires)],
    [[strong('Would stop')], ...turnedLines(stops)],
  ]);
}

function groupLines(one: GroupAnswer): Line[] {
  return [`  ${effectText(one)}`, ...one.notes.map((note) => [faint(`    ${note}`)])];
}

function turnedLines(turned: readonly Turned[]): Line[] {
  if (turned.length === 0) return ['  nothing'];
  return turned.map(({ id, severity, summary }) => [
    '  ',
    { style: severity, text: severity },
    ` ${id}: ${summary}`,
  ]);
}

/** `web of storefront: 100% of 131,072 -> at least 13% of 1,048,576`. */
export function effectText({
  cluster,
  nodeGroup,
  before,
  after,
}: GroupEffect | GroupAnswer): string {
  return `${nodeGroup} of ${cluster}: ${tableText(before)} -> ${tableText(after)}`;
}

/** `at least 12% of 1,048,576`; says so where it is not known. */
function tableText({ limit, usage, bound }: Effect): string {
  if (limit === undefined) return 'unknown';
  if (usage === undefined) return `unknown of ${count(limit)}`;
  return `${bound === undefined ? '' : `${bound} `}${percent(usage)} of ${count(limit)}`;
}
