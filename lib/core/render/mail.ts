import { OWN_NAME } from './command-text.js';
import type { Digest, MutedFinding } from '../ledger/digest.js';
import { severities } from '../judge/severity.js';
import { count, plural } from '../text/format.js';
import type { Transition } from '../ledger/transition.js';
import { changesText, sectionsOf } from './changes.js';
import { byteLength, shown, textsWithin } from './cut.js';
import { mailItem } from './mail-item.js';

/**
 * A mail stays below this many bytes: people can read it on a phone, and no client cuts it. A house choice;
 * SNS itself takes more.
 */
export const MAIL_LIMIT = 8_192;
const NOTES_SHOWN = 5;
const MUTED_SHOWN = 5;

/** The first line of every test message, so that nobody acts on it. */
export const MADE_UP =
  'This is a test of whether messages arrive. Everything in it is made up: no node was read, and there is nothing to do.';

/**
 * The body of a mail: what changed, kind by kind. If it is too long, it leaves out the mildest changes whole,
 * and says how many and where they are. Ends with a line break.
 */
export function mailBody(digest: Digest, program: string = OWN_NAME): string {
  const { transitions, startedAt, location } = digest;
  const head = headOf(digest);
  const end = [mutedText(digest.silenced), `The whole report: ${shown(location, 300)}`];
  const rest = (left: readonly Transition[]) =>
    left.length === 0
      ? ''
      : `${plural(left.length, 'more change')} (${changesText({ transitions: left, notes: [] })}) did not fit into this mail and can be read in the whole report.`;
  const titles = sectionsOf(transitions).map(({ title }) => title);
  const most = blocks([head, ...titles, rest(transitions), ...end]);
  const room = MAIL_LIMIT - 1 - byteLength(most);

  const told = textsWithin(transitions, room, (transition) =>
    mailItem(transition, startedAt, program),
  );
  const sections = sectionsOf(told.map(({ item: { kind }, text }) => ({ kind, text })));
  const changes = sections.flatMap(({ title, items }) => [
    title.toUpperCase(),
    ...items.map(({ text }) => text),
  ]);
  return blocks([head, ...changes, rest(transitions.slice(told.length)), ...end]);
}

function blocks(texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

function headOf(digest: Digest): string {
  const { nodes, clusters, region, startedAt, runId, notes } = digest;
  const { discovered, read, silent } = nodes;
  const more = notes.length - NOTES_SHOWN;
  return blocks([
    digest.test === true ? MADE_UP : '',
    [
      `conntrack in ${shown(region, 60)}: ${changesText(digest)}`,
      `open now: ${openText(digest)} on ${plural(discovered, 'node')} of ${plural(clusters.length, 'cluster')}`,
      `${plural(discovered, 'node')} discovered = ${count(read)} read + ${count(silent)} silent`,
      `${shown(startedAt, 40)}, run ${shown(runId, 80)}`,
    ].join('\n'),
    [
      ...notes.slice(0, NOTES_SHOWN).map((note) => `Note: ${shown(note, 240)}`),
      ...(more > 0 ? [`and ${plural(more, 'more note')} in the whole report`] : []),
    ].join('\n'),
  ]).trimEnd();
}

/** `1 critical, 3 notice (2 muted)`. */
export function openText({ open, silenced }: Pick<Digest, 'open' | 'silenced'>): string {
  const found = severities
    .filter((one) => open[one] > 0)
    .map((one) => `${count(open[one])} ${one}`);
  const text = found.length === 0 ? 'no findings' : found.join(', ');
  return silenced.length === 0 ? text : `${text} (and ${count(silenced.length)} muted)`;
}

function mutedText(silenced: readonly MutedFinding[]): string {
  if (silenced.length === 0) return '';
  const more = silenced.length - MUTED_SHOWN;
  return [
    `MUTED: ${plural(silenced.length, 'open finding')} that nobody is told of for now`,
    ...silenced.slice(0, MUTED_SHOWN).map(mutedLine),
    ...(more > 0 ? [`  and ${count(more)} more in the whole report`] : []),
  ].join('\n');
}

function mutedLine({ id, severity, until, reason }: MutedFinding): string {
  return `  ${severity}  ${shown(id, 150)}  until ${shown(until, 40)}: ${shown(reason, 100)}`;
}
