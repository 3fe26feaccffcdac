import type { Effect } from '../../judge/finding.js';
import type { Action, GroupEffect, Plan, PlannedFinding } from '../../plan/plan.js';
import { ruleTexts } from '../../rules/index.js';
import { count, percent, plural } from '../../text/format.js';
import { cut } from '../cut.js';
import { bySeverity, findingsOfRead, isOfSilentNodes, type Judged } from '../judged.js';
import { TOGETHER } from '../fit.js';
import { faint, good, hanging, strong, widthOf, type Line } from '../lines.js';

/** How many actions, effects of one and findings that stay one screen names. House choices. */
const ACTIONS_SHOWN = 20;
const EFFECTS_SHOWN = 8;
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

/** Ids of findings begin with their rule. */
function ruleOf(id: string): string {
  return id.split('/')[0] ?? '';
}

function isOfSilent({ id }: PlannedFinding): boolean {
  return isOfSilentNodes({ rule: ruleOf(id) });
}

/** One action: what to do, what it settles, and the fullest tables before and after. */
export function actionLines(action: Action, at: number, columns: number): Line[] {
  const title = cut(titleOf(action), 400);
  const lead = `${String(at + 1).padStart(3)} `;
  const effects = effectsText(action);
  const detail = [settlesText(action), ...(effects === '' ? [] : [effects])].join(': ');
  if (widthOf(`${lead}${title} (${detail})`) <= columns) {
    return [hanging(lead, good(title), faint(` (${detail})`))];
  }
  return [hanging(lead, good(title)), hanging('    ', faint(detail))];
}

function titleOf({ title, instanceType }: Action): string {
  return instanceType === undefined ? title : `${title}, to ${instanceType}`;
}

/** `3 critical, 8 warning, 13 nodes`: what is over once it is done. */
function settlesText({ settles, nodes }: Action): string {
  const read = settles.filter((one) => !isOfSilent(one));
  if (settles.length > 0 && read.length === 0) return plural(nodes, 'silent node');
  return `${bySeverity(read) || 'settles nothing alone'}, ${plural(nodes, 'node')}`;
}

/** `web 100% -> 25%, edge 97% -> 24%`: the groups where it settles that a table is too full, or may be. */
function effectsText({ effects, settles }: Action): string {
  const changed = effects
    .filter((one) => settles.some((finding) => isOfRoom(finding) && isOfGroup(finding, one)))
    .flatMap((one) => changeText(one) ?? []);
  const more = changed.length - EFFECTS_SHOWN;
  return [
    ...changed.slice(0, EFFECTS_SHOWN),
    ...(more > 0 ? [`and ${plural(more, 'more group')}`] : []),
  ].join(', ');
}

/** Notices need no numbers on one screen. */
function isOfRoom({ id, severity }: PlannedFinding): boolean {
  const about = ruleTexts.find((rule) => rule.id === ruleOf(id))?.about;
  return severity !== 'notice' && (about === 'room' || about === 'filler');
}

function isOfGroup({ id }: PlannedFinding, { cluster, nodeGroup }: GroupEffect): boolean {
  return [`${cluster}/${nodeGroup}`, `${cluster}/*`].some((place) =>
    `${id}/`.startsWith(`${ruleOf(id)}/${place}/`),
  );
}

function changeText({ nodeGroup, before, after }: GroupEffect): string | undefined {
  const [was, will] = [shareText(before), shareText(after)];
  if (was === undefined || will === undefined || was === will) return undefined;
  return [nodeGroup, was, '->', will].join(TOGETHER);
}

/** `97%`, `≥100%`; nothing where it is not known. */
function shareText({ usage, bound }: Effect): string | undefined {
  if (usage === undefined) return undefined;
  const sign = bound === undefined ? '' : bound === 'at least' ? '≥' : '≤';
  return `${sign}${percent(usage)}`;
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
