import type { Action, Plan } from '../../plan/plan.js';
import { count, plural } from '../../text/format.js';
import { cut } from '../cut.js';
import { findingsOfRead, type Judged } from '../judged.js';
import { faint, good, hanging, strong, widthOf, type Line } from '../lines.js';
import { effectsText, isOfSilent, settlesText } from './action-text.js';

/** How many actions, and findings that stay, one screen names. House choices. */
const ACTIONS_SHOWN = 20;
const STAYING_SHOWN = 4;

/** What to do, best first: each action with what it settles, and what it makes of the tables. */
export function planBlock({ report, plan }: Judged, columns: number): Line[] {
  const read = findingsOfRead(report);
  if (plan.actions.length === 0) return stayingLines(plan);
  const settled = plan.actions.flatMap(({ settles }) => settles).filter((one) => !isOfSilent(one));
  const more = plan.actions.length - ACTIONS_SHOWN;
  return [
    [
      strong('What to do'),
      ` (best first; ${plural(plan.actions.length, 'action')} for ${count(settled.length)} of ${plural(read.length, 'finding')})`,
    ],
    ...plan.actions
      .slice(0, ACTIONS_SHOWN)
      .flatMap((action, at) => actionLines(action, at, columns)),
    ...(more > 0 ? [`    and ${plural(more, 'more action')}: --full has all`] : []),
    ...stayingLines(plan),
  ];
}

/** One action: what to do, what it settles, and the fullest tables before and after. */
export function actionLines(action: Action, at: number, columns: number): Line[] {
  const title = cut(action.title, 400);
  const lead = `${String(at + 1).padStart(3)} `;
  const effects = effectsText(action);
  const detail = [settlesText(action), ...(effects === '' ? [] : [effects])].join(': ');
  if (widthOf(`${lead}${title} (${detail})`) <= columns) {
    return [hanging(lead, good(title), faint(` (${detail})`))];
  }
  return [hanging(lead, good(title)), hanging('    ', faint(detail))];
}

/** What no action settles. Silent nodes stand elsewhere. */
function stayingLines({ unsettled }: Plan): Line[] {
  const staying = unsettled.filter((one) => !isOfSilent(one));
  if (staying.length === 0) return [];
  const named = staying.slice(0, STAYING_SHOWN).map(({ id }) => cut(id, 200));
  const more = staying.length - named.length;
  const all = [...named, ...(more > 0 ? [`and ${count(more)} more`] : [])].join(', ');
  return [hanging('    ', `not settled (--finding ID says why): ${all}`)];
}
