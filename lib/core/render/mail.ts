import { OWN_NAME } from './command-text.js';
import type { Digest, MutedFinding } from '../ledger/digest.js';
import { severities } from '../judge/severity.js';
import type { Gap } from '../node/gap.js';
import { count, plural } from '../text/format.js';
import { newsText } from './changes.js';
import { byteLength, cut, cutWords, timeText } from './cut.js';
import { groupedGaps } from './gap-text.js';
import { printedLines, spaced, type Printed } from './lines.js';
import { mailCase } from './mail-case.js';
import { caseBlocks, restOf } from './mail-cases.js';
import { forGoodLines, linkLines, muteLines, nowLines, planLines } from './mail-parts.js';
import { placeText } from './names.js';
import { toldCases, type ToldCase } from './told-cases.js';
import { wrapped } from './wrapped.js';

/**
 * A mail stays below this many bytes: people can read it on a phone, and no client cuts it. A house choice;
 * SNS itself takes more.
 */
export const MAIL_LIMIT = 8_192;
const NOTES_SHOWN = 3;
const GAPS_SHOWN = 3;
const MUTED_SHOWN = 3;

/** The first line of every test message, so that nobody acts on it. */
export const MADE_UP =
  'This is a test of whether messages arrive. Everything in it is made up: no node was read, and there is nothing to do.';

type Block = readonly string[];

/**
 * The body of a mail: the plan, then what changed, node group by node group, then what to do now and for good, where
 * to look, and how to mute it. It is short: the worst cases in full, the next in a line each, and how many changes the
 * others have. Ends with a line break.
 */
export function mailBody(digest: Digest, program: string = OWN_NAME): Printed {
  const cases = toldCases(digest.transitions);
  const frame = frameOf(digest, program, cases);
  return printed([
    ...frame.head,
    ...caseBlocks(cases, digest.nodeGroups, roomIn(frame, cases)),
    ...frame.end,
  ]);
}

interface Frame {
  readonly head: readonly Block[];
  readonly end: readonly Block[];
}

/** All around the cases, without what is least wanted if the worst case had no room beside it. */
function frameOf(digest: Digest, program: string, cases: readonly ToldCase[]): Frame {
  const [worst] = cases;
  const need =
    worst === undefined ? 0 : byteLength(printed([mailCase(worst, digest.nodeGroups)])) + 1;
  const head = [...headOf(digest), planLines(digest, program)];
  const mute = muteLines(digest);
  const muted = mutedLines(digest.silenced);
  const before = [nowLines(digest, program), forGoodLines(digest, program)];
  const ends = [
    [...before, linkLines(digest, program), mute, muted],
    [...before, linkLines(digest, program), mute],
    [...before, linkLines(digest, program)],
  ];
  const frames = ends.map((end) => ({ head, end }));
  const least = { head: headOf(digest), end: [linkLines(digest, program)] };
  return frames.find((one) => roomIn(one, cases) >= need) ?? least;
}

/** Bytes for the cases, if what is left out is said as well. */
function roomIn({ head, end }: Frame, cases: readonly ToldCase[]): number {
  return MAIL_LIMIT - 1 - byteLength(printed([...head, restOf(cases), ...end]));
}

function printed(blocks: readonly Block[]): Printed {
  return printedLines(spaced(blocks));
}

function headOf(digest: Digest): Block[] {
  const { nodes, clusters, startedAt, runId } = digest;
  const { discovered, read, silent } = nodes;
  const scope = `${plural(discovered, 'node')} of ${plural(clusters.length, 'cluster')} = ${count(read)} read + ${count(silent)} silent`;
  return [
    digest.test === true ? wrapped(MADE_UP) : [],
    [
      ...wrapped(`conntrack in ${cut(placeText(digest), 120)}: ${newsText(digest)}`, '  ', ''),
      ...wrapped(`open now: ${openText(digest)} on ${scope}`, '  ', ''),
      `${timeText(startedAt)}, run ${cut(runId, 80)}`,
    ],
    [...noteLines(digest.notes), ...gapLines(digest.gaps ?? [])],
  ];
}

function noteLines(notes: readonly string[]): string[] {
  const more = notes.length - NOTES_SHOWN;
  return [
    ...notes.slice(0, NOTES_SHOWN).flatMap((note) => wrapped(cutWords(note, 240), '  ', 'Note: ')),
    ...(more > 0 ? [`and ${plural(more, 'more note')} in the whole report`] : []),
  ];
}

/** Gaps that are alike share a line. */
function gapLines(gaps: readonly Gap[]): string[] {
  const grouped = groupedGaps(gaps);
  const more = grouped.length - GAPS_SHOWN;
  return [
    ...grouped
      .slice(0, GAPS_SHOWN)
      .flatMap((text) => wrapped(cutWords(text, 240), '  ', 'Not known: ')),
    ...(more > 0 ? [`and ${count(more)} more that are not known in the whole report`] : []),
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
    ...silenced.slice(0, MUTED_SHOWN).flatMap(mutedLine),
    ...(more > 0 ? [`  and ${count(more)} more in the whole report`] : []),
  ];
}

function mutedLine({ id, severity, until, reason }: MutedFinding): string[] {
  const text = `${severity}  ${cut(id, 150)}  until ${timeText(until)}: ${cutWords(reason, 100)}`;
  return wrapped(text, '    ', '  ');
}
