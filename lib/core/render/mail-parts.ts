import type { Digest } from '../ledger/digest.js';
import { plural } from '../text/format.js';
import { atOnce } from './at-once.js';
import { cut } from './cut.js';
import { dashboardOf, nodeLinks, openCommand, reportLink } from './digest-links.js';
import { muteOffer } from './mute-offer.js';
import { todosOf } from './todo.js';
import { wrapped } from './wrapped.js';

/** What to do, best first, each with what it settles; raw, as all lines of this file. */
export function planLines(digest: Digest, program: string): string[] {
  const { todos, more } = todosOf(digest, program);
  if (todos.length === 0) return [];
  return [
    'PLAN',
    ...todos.flatMap(({ title, effect }, at) => [
      ...wrapped(title, '     ', `  ${at + 1}. `),
      ...(effect === undefined ? [] : wrapped(effect, '     ')),
    ]),
    ...(more === 0 ? [] : [`  and ${plural(more, 'more action')} in the whole report`]),
  ];
}

/** How to get on the worst node, and what helps there at once. A command stays on one line. */
export function nowLines(digest: Digest, program: string): string[] {
  const now = atOnce(digest, program);
  if (now === undefined) return [];
  const { commands, until, step } = now;
  return [
    until === undefined ? 'NOW' : `NOW, ${until}`,
    ...commands.map((command) => `  ${command}`),
    ...(step === undefined ? [] : wrapped(step, '  ')),
  ];
}

/** The commands of the plan, by its numbers. */
export function forGoodLines(digest: Digest, program: string): string[] {
  const { todos } = todosOf(digest, program);
  const lines = todos.flatMap(({ command, step }, at) => {
    const number = todos.length === 1 ? '  ' : `  ${at + 1}. `;
    if (command !== undefined) return [`${number}${command}`];
    return step === undefined ? [] : wrapped(step, ' '.repeat(number.length), number);
  });
  return lines.length === 0 ? [] : ['FOR GOOD', ...lines];
}

/** Where to look: the worst nodes, the dashboard, the whole report, its page. */
export function linkLines(digest: Digest, program: string): string[] {
  const dashboard = dashboardOf(digest);
  const isThere = digest.test !== true;
  const report = isThere ? reportLink(digest) : undefined;
  const open = isThere ? openCommand(digest, program) : undefined;
  return [
    'LINKS',
    ...nodeLinks(digest).flatMap(({ instanceId, instance, session }) => [
      `  ${instanceId}  ${instance}`,
      ...(session === undefined ? [] : [`  a shell on it  ${session}`]),
    ]),
    ...(dashboard === undefined ? [] : [`  dashboard  ${dashboard}`]),
    `  the whole report  ${cut(digest.location, 300)}`,
    ...(report === undefined ? [] : [`  ${report}`]),
    ...(open === undefined ? [] : [`  ${open}`]),
  ];
}

/** One line that mutes the worst case. */
export function muteLines(digest: Digest): string[] {
  const offer = muteOffer(digest);
  if (offer === undefined) return [];
  const { what, line, isCommand } = offer;
  const where = isCommand ? '' : ', by a line in mutes of the configuration';
  return [...wrapped(`MUTE ${what}${where}`), `  ${line}`];
}
