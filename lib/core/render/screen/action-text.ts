import type { Effect } from '../../judge/finding.js';
import type { Action, GroupEffect, PlannedFinding } from '../../plan/plan.js';
import { ruleTexts } from '../../rules/index.js';
import { percent, plural } from '../../text/format.js';
import { TOGETHER } from '../fit.js';
import { bySeverity, isOfSilentNodes } from '../judged.js';

/** How many node groups the effects of one action name. A house choice. */
const EFFECTS_SHOWN = 8;

/** Ids of findings begin with their rule. */
function ruleOf(id: string): string {
  return id.split('/')[0] ?? '';
}

/** Whether a finding only says that nodes could not be read. */
export function isOfSilent({ id }: PlannedFinding): boolean {
  return isOfSilentNodes({ rule: ruleOf(id) });
}

/** `3 critical, 8 warning, 13 nodes`: what is over once it is done. */
export function settlesText({ settles, eases = [], nodes }: Action): string {
  const read = settles.filter((one) => !isOfSilent(one));
  if (settles.length > 0 && read.length === 0) return plural(nodes, 'silent node');
  const alone = eases.length === 0 ? 'settles nothing alone' : `eases ${bySeverity(eases)}`;
  return `${bySeverity(read) || alone}, ${plural(nodes, 'node')}`;
}

/** `web 100% -> 25%, edge 97% -> 24%`: the groups where it settles that a table is too full, or may be. */
export function effectsText({ effects, settles }: Action): string {
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
  const [was, will] = [shareOf(before), shareOf(after)];
  if (was === undefined || will === undefined || was === will) return undefined;
  return [nodeGroup, was, '->', will].join(TOGETHER);
}

/** `97%`, `≥100%`; nothing where it is not known. */
export function shareOf({ usage, bound }: Effect): string | undefined {
  if (usage === undefined) return undefined;
  const sign = bound === undefined ? '' : bound === 'at least' ? '≥' : '≤';
  return `${sign}${percent(usage)}`;
}
