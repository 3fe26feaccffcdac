import { OWN_NAME } from './command-text.js';
import type { Finding } from '../judge/finding.js';
import { plural } from '../text/format.js';
import { isOver, type Transition } from '../ledger/transition.js';
import { cut } from './cut.js';
import { firstStep, fixCommand, promiseText, recommendationOf } from './recommendation.js';
import { beforeAfter, copied, placeOf, muteOffer } from './tell-item.js';

/** How many nodes of one finding a mail names. */
const NODES_SHOWN = 3;

/** A word and the texts beside it, one below the other; no text means no line. */
type Entry = readonly [word: string, texts: string | readonly string[] | undefined];

/** The lines of one change in a mail, raw: its place, and indented below, its content. */
export function mailItem(
  transition: Transition,
  startedAt: string,
  program: string = OWN_NAME,
): string[] {
  const { kind, finding, since, note } = transition;
  const entries: Entry[] = [
    ['Tables', beforeAfter(transition)],
    ...(isOver(kind) ? [] : openEntries(finding)),
    ['Note', note === undefined ? undefined : cut(note, 240)],
    ['Since', kind === 'new' ? undefined : cut(since, 40)],
    ...(isOver(kind) ? [] : todo(finding, program)),
    ['Mute', isOver(kind) ? undefined : muteOffer(finding, startedAt)],
  ];
  return [
    `${severityText(transition)}  ${placeOf(finding)}  ${cut(finding.rule, 60)}`,
    `  ${cut(finding.summary, 400)}`,
    ...entries.flatMap(entryLines),
  ];
}

/** `CRITICAL`, `CRITICAL (was warning)`; if it is over, `was CRITICAL`. */
function severityText({ kind, finding, was }: Transition): string {
  const severity = finding.severity.toUpperCase();
  if (isOver(kind)) return `was ${severity}`;
  return was === undefined || was === finding.severity ? severity : `${severity} (was ${was})`;
}

function openEntries({ nodes, why }: Finding): Entry[] {
  return [
    ['Nodes', nodes.length < 2 ? undefined : nodeTexts(nodes)],
    ['Why', why === undefined ? undefined : cut(why, 240)],
  ];
}

/** The worst nodes, each with its sentence, or only their ids if all share one. */
function nodeTexts(nodes: Finding['nodes']): string[] {
  const worst = nodes.slice(0, NODES_SHOWN);
  const more = nodes.length - worst.length;
  const rest = more === 0 ? [] : [`and ${plural(more, 'more node')}`];
  const alike = worst.every(({ summary }) => summary === worst[0]?.summary);
  if (alike) return [[...worst.map(({ instanceId }) => cut(instanceId, 60)), ...rest].join(', ')];
  const said = worst.map(({ instanceId, instanceType, summary }) =>
    cut(`${instanceId} (${instanceType}): ${summary}`, 180),
  );
  return [...said, ...rest];
}

function todo(finding: Finding, program: string): Entry[] {
  const remedy = recommendationOf(finding);
  if (remedy === undefined) return [];
  const first = firstStep(remedy, program);
  const files = fixCommand(remedy, program);
  return [
    [remedy.helps === true ? 'Do' : 'Maybe', cut(promiseText(remedy), 240)],
    ['First', first === undefined ? undefined : cut(first, 300)],
    ['Files', files === undefined ? undefined : copied(files)],
  ];
}

/** Further texts stay beside their word. */
function entryLines([word, texts = []]: Entry): string[] {
  const [first, ...others] = typeof texts === 'string' ? [texts] : texts;
  if (first === undefined) return [];
  return [`  ${word.padEnd(8)} ${first}`, ...others.map((one) => ' '.repeat(11) + one)];
}
