import { OWN_NAME } from './command-text.js';
import type { Finding } from '../judge/finding.js';
import { plural } from '../text/format.js';
import { isOver, type Transition } from '../ledger/transition.js';
import { shown } from './cut.js';
import { firstStep, fixCommand, promiseText, recommendationOf } from './recommendation.js';
import { beforeAfter, copied, placeOf, muteOffer } from './tell-item.js';

/** How many nodes of one finding a mail names. */
const NODES_SHOWN = 3;

/** A word and the text beside it; no text means no line. */
type Line = readonly [word: string, text: string | undefined];

/** One change in a mail: its place, and indented below, its content. Without a line break at the end. */
export function mailItem(
  transition: Transition,
  startedAt: string,
  program: string = OWN_NAME,
): string {
  const { kind, finding, since, note } = transition;
  const lines: Line[] = [
    ['Tables', beforeAfter(transition)],
    ...(isOver(kind) ? [] : openLines(finding)),
    ['Note', note === undefined ? undefined : shown(note, 240)],
    ['Since', kind === 'new' ? undefined : shown(since, 40)],
    ...(isOver(kind) ? [] : todo(finding, program)),
    ['Mute', isOver(kind) ? undefined : muteOffer(finding, startedAt)],
  ];
  const place = `${placeOf(finding)}  ${shown(finding.rule, 60)}`;
  return [
    `${severityText(transition)}  ${place}`,
    `  ${shown(finding.summary, 400)}`,
    ...lines.flatMap(([word, text]) => (text === undefined ? [] : [line(word, text)])),
  ].join('\n');
}

/** `CRITICAL`, `CRITICAL (was warning)`; if it is over, `was CRITICAL`. */
function severityText({ kind, finding, was }: Transition): string {
  const severity = finding.severity.toUpperCase();
  if (isOver(kind)) return `was ${severity}`;
  return was === undefined || was === finding.severity ? severity : `${severity} (was ${was})`;
}

function openLines({ nodes, why }: Finding): Line[] {
  return [
    ['Nodes', nodes.length < 2 ? undefined : nodesText(nodes)],
    ['Why', why === undefined ? undefined : shown(why, 240)],
  ];
}

/** The worst nodes, each with its sentence, or only their ids if all share one. */
function nodesText(nodes: Finding['nodes']): string {
  const worst = nodes.slice(0, NODES_SHOWN);
  const more = nodes.length - worst.length;
  const rest = more === 0 ? [] : [`and ${plural(more, 'more node')}`];
  const alike = worst.every(({ summary }) => summary === worst[0]?.summary);
  if (alike) return [...worst.map(({ instanceId }) => shown(instanceId, 60)), ...rest].join(', ');
  const said = worst.map(({ instanceId, instanceType, summary }) =>
    shown(`${instanceId} (${instanceType}): ${summary}`, 180),
  );
  return [...said, ...rest].join('\n');
}

function todo(finding: Finding, program: string): Line[] {
  const remedy = recommendationOf(finding);
  if (remedy === undefined) return [];
  const first = firstStep(remedy, program);
  const files = fixCommand(remedy, program);
  return [
    [remedy.helps === true ? 'Do' : 'Maybe', shown(promiseText(remedy), 240)],
    ['First', first === undefined ? undefined : shown(first, 300)],
    ['Files', files === undefined ? undefined : copied(files)],
  ];
}

/** Text of several lines stays beside its word. */
function line(word: string, text: string): string {
  const [first = '', ...others] = text.split('\n');
  return [`  ${word.padEnd(8)} ${first}`, ...others.map((one) => ' '.repeat(11) + one)].join('\n');
}
