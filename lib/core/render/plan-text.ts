import type { Effect } from '../judge/finding.js';
import type { Action, GroupEffect, Plan } from '../plan/plan.js';
import type { GroupAnswer } from '../plan/what-if.js';
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

function actionLines(action: Action, at: number): Line[] {
  const { title, nodes, effects, reason, price, undo } = action;
  return [
    [strong(`${at + 1}. ${title}`)],
    `   ${doneText(action)} on ${plural(nodes, 'node')}`,
    ...effects.filter(moves).map((one) => `   ${effectText(one)}`),
    ['   ', faint(`why: ${reason}`)],
    ['   ', faint(`price: ${price}`)],
    ...(undo === undefined ? [] : [['   ', faint(`undo: ${undo}`)]]),
  ];
}

/** `settles 2 findings and eases 1`. */
function doneText({ settles, eases = [] }: Action): string {
  const settled = settles.length === 0 ? [] : [`settles ${plural(settles.length, 'finding')}`];
  const eased = eases.length === 0 ? [] : [`eases ${plural(eases.length, 'finding')}`];
  return [...settled, ...eased].join(' and ');
}

/** Whether there is something to see: a number that rounds to the same is none. */
function moves({ before, after }: GroupEffect): boolean {
  return tableText(before) !== tableText(after);
}

/** `web of storefront: 97% of 131,072 -> 24% of 524,288`. */
export function effectText({
  cluster,
  nodeGroup,
  before,
  after,
}: GroupEffect | GroupAnswer): string {
  return `${nodeGroup} of ${cluster}: ${tableText(before)} -> ${tableText(after)}`;
}

/** `at least 12% of 1,048,576`; says so where it is not known. */
export function tableText({ limit, usage, bound }: Effect): string {
  if (limit === undefined) return 'unknown';
  if (usage === undefined) return `unknown of ${count(limit)}`;
  return `${bound === undefined ? '' : `${bound} `}${percent(usage)} of ${count(limit)}`;
}
