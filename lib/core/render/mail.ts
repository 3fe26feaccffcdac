import { OWN_NAME } from './command-text.js';
import type { Digest, MutedFinding } from '../ledger/digest.js';
import { severities } from '../judge/severity.js';
import type { Gap } from '../node/gap.js';
import { count, plural } from '../text/format.js';
import type { Transition } from '../ledger/transition.js';
import { changesText, newsText, sectionsOf } from './changes.js';
import { byteLength, cut, textsWithin } from './cut.js';
import { dashboardOf, nodeLinks, reportLink } from './digest-links.js';
import { groupedGaps } from './gap-text.js';
import { printedLines, spaced, type Printed } from './lines.js';
import { mailItem } from './mail-item.js';
import { placeText } from './names.js';

/**
 * A mail stays below this many bytes: people can read it on a phone, and no client cuts it. A house choice;
 * SNS itself takes more.
 */
export const MAIL_LIMIT = 8_192;
const NOTES_SHOWN = 5;
const GAPS_SHOWN = 3;
const MUTED_SHOWN = 5;

/** The first line of every test message, so that nobody acts on it. */
export const MADE_UP =
  'This is a test of whether messages arrive. Everything in it is made up: no node was read, and there is nothing to do.';

/**
 * The body of a mail: what changed, kind by kind. If it is too long, it leaves out the mildest changes whole,
 * and says how many and where they are. Ends with a line break.
 */
export function mailBody(digest: Digest, program: string = OWN_NAME): Printed {
  const { transitions, startedAt } = digest;
  const head = headOf(digest);
  const end = [linkLines(digest), mutedLines(digest.silenced), reportLines(digest)];
  const rest = (left: readonly Transition[]) =>
    left.length === 0
      ? []
      : [
          `${plural(left.length, 'more change')} (${changesText({ transitions: left, notes: [] })}) did not fit into this mail and can be read in the whole report.`,
        ];
  const item = (transition: Transition) => mailItem(transition, startedAt, program);
  const titles = sectionsOf(transitions).map(({ title }) => [title]);
  const most = printedLines(spaced([...head, ...titles, rest(transitions), ...end]));
  const room = MAIL_LIMIT - 1 - byteLength(most);

  const told = textsWithin(transitions, room, (one) => printedLines(item(one)).slice(0, -1));
  const changes = sectionsOf(told.map((one) => one.item)).flatMap(({ title, items }) => [
    [title.toUpperCase()],
    ...items.map(item),
  ]);
  return printedLines(spaced([...head, ...changes, rest(transitions.slice(told.length)), ...end]));
}

function headOf(digest: Digest): string[][] {
  const { nodes, clusters, startedAt, runId } = digest;
  const { discovered, read, silent } = nodes;
  return [
    digest.test === true ? [MADE_UP] : [],
    [
      `conntrack in ${cut(placeText(digest), 120)}: ${newsText(digest)}`,
      `open now: ${openText(digest)} on ${plural(discovered, 'node')} of ${plural(clusters.length, 'cluster')}`,
      `${plural(discovered, 'node')} discovered = ${count(read)} read + ${count(silent)} silent`,
      `${cut(startedAt, 40)}, run ${cut(runId, 80)}`,
    ],
    [...noteLines(digest.notes), ...gapLines(digest.gaps ?? [])],
  ];
}

function noteLines(notes: readonly string[]): string[] {
  const more = notes.length - NOTES_SHOWN;
  return [
    ...notes.slice(0, NOTES_SHOWN).map((note) => `Note: ${cut(note, 240)}`),
    ...(more > 0 ? [`and ${plural(more, 'more note')} in the whole report`] : []),
  ];
}

/** Gaps that are alike share a line. */
function gapLines(gaps: readonly Gap[]): string[] {
  const grouped = groupedGaps(gaps);
  const more = grouped.length - GAPS_SHOWN;
  return [
    ...grouped.slice(0, GAPS_SHOWN).map((text) => `Not known: ${cut(text, 240)}`),
    ...(more > 0 ? [`and ${count(more)} more that are not known in the whole report`] : []),
  ];
}

/** Where to look at once. */
function linkLines(digest: Digest): string[] {
  const dashboard = dashboardOf(digest);
  const nodes = nodeLinks(digest).flatMap(({ instanceId, instance, session }) => [
    `  ${instanceId}  ${instance}`,
    ...(session === undefined ? [] : [`  a shell on it  ${session}`]),
  ]);
  const lines = [...nodes, ...(dashboard === undefined ? [] : [`  dashboard  ${dashboard}`])];
  return lines.length === 0 ? [] : ['IN THE CONSOLE', ...lines];
}

function reportLines(digest: Digest): string[] {
  const link = reportLink(digest);
  return [
    `The whole report: ${cut(digest.location, 300)}`,
    ...(link === undefined || digest.test === true ? [] : [`  ${link}`]),
  ];
}

/** `1 critical, 3 notice (2 muted)`. */
export function openText({ open, silenced }: Pick<Digest, 'open' | 'silenced'>): string {
  const found = severities
    .filter((one) => open[one] > 0)
    .map((one) => `${count(open[one])} ${one}`);
  const text = found.length === 0 ? 'no findings' : found.join(', ');
  return silenced.length === 0 ? text : `${text} (and ${count(silenced.length)} muted)`;
}

function mutedLines(silenced: readonly MutedFinding[]): string[] {
  if (silenced.length === 0) return [];
  const more = silenced.length - MUTED_SHOWN;
  return [
    `MUTED: ${plural(silenced.length, 'open finding')} that nobody is told of for now`,
    ...silenced.slice(0, MUTED_SHOWN).map(mutedLine),
    ...(more > 0 ? [`  and ${count(more)} more in the whole report`] : []),
  ];
}

function mutedLine({ id, severity, until, reason }: MutedFinding): string {
  return `  ${severity}  ${cut(id, 150)}  until ${cut(until, 40)}: ${cut(reason, 100)}`;
}
