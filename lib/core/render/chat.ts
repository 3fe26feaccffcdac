import { OWN_NAME } from './command-text.js';
import type { Digest } from '../ledger/digest.js';
import type { Finding } from '../judge/finding.js';
import { count, plural } from '../text/format.js';
import { isOver, type Transition } from '../ledger/transition.js';
import { changedClusters, changesText, titleOf, verdict } from './changes.js';
import { chatCode, chatText } from './chat-text.js';
import { byteLength, cut, shown, textsWithin } from './cut.js';
import { MADE_UP, openText } from './mail.js';
import { firstStep, fixCommand, promiseText, recommendationOf } from './recommendation.js';
import { beforeAfter, copied, muteOffer } from './tell-item.js';

/** Characters that the service shows. We count bytes, which are never fewer. */
const TITLE_LIMIT = 250;
const DESCRIPTION_LIMIT = 8_000;
/** How many findings show their next step, and how many keywords a message has. House choices. */
const NEXT_STEPS = 3;
const KEYWORDS = 8;
const CONTEXT_LIMIT = 300;

/**
 * A custom notification of Amazon Q Developer in chat applications, which passes it on to Slack or Teams. It
 * drops a message of another form without a word.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** Messages of one thread stay together in the channel. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** A digest for chat. */
export function chatMessage(digest: Digest, program: string = OWN_NAME): ChatMessage {
  const { runId, region, transitions } = digest;
  const [worst] = transitions;
  const nextSteps = nextStepsOf(transitions, program);
  const keywords = [verdict(digest), region, ...changedClusters(digest)]
    .filter((word) => word !== '')
    .slice(0, KEYWORDS);
  return {
    version: '1.0',
    source: 'custom',
    id: shown(runId, 100),
    content: {
      textType: 'client-markdown',
      title: chatTitle(digest),
      description: descriptionOf(digest),
      ...(nextSteps.length === 0 ? {} : { nextSteps }),
      keywords: keywords.map((word) => chatText(word, 100)),
    },
    metadata: {
      // One audit publishes once, and a message has one thread. So it goes to the thread of its worst finding. The
      // others are in it too, and go to their own threads when they are worst.
      threadId: shown(worst === undefined ? `conntrack-auditor/${region}` : worst.finding.id, 250),
      summary: shown(`${changesText(digest)}: conntrack in ${region}`, TITLE_LIMIT),
      eventType: `conntrack-${worst === undefined ? 'note' : worst.kind}`,
      additionalContext: context(digest),
    },
  };
}

function chatTitle(digest: Digest): string {
  const test = digest.test === true ? '[test] ' : '';
  const clusters = changedClusters(digest).join(', ');
  const where = clusters === '' ? '' : ` (${clusters})`;
  const title = `${verdict(digest)}: ${changesText(digest)}, conntrack in ${digest.region}${where}`;
  return cut(`${test}${chatText(title, TITLE_LIMIT)}`, TITLE_LIMIT);
}

/** Leaves out the mildest changes whole if all are too long. */
function descriptionOf(digest: Digest): string {
  const { transitions, startedAt, location, nodes, notes } = digest;
  const head = [
    ...(digest.test === true ? [MADE_UP] : []),
    `Open now: ${openText(digest)} on ${plural(nodes.discovered, 'node')}, ${count(nodes.silent)} of them silent`,
    ...notes.slice(0, 3).map((note) => `Note: ${chatText(note, 240)}`),
  ].join('\n');
  const end = `The whole report: ${chatCode(location, 300)}`;
  const more = (left: number) =>
    left === 0 ? [] : [`${plural(left, 'more change')} in the whole report`];
  const text = (items: readonly string[], left: number) =>
    [head, ...items, ...more(left), end].join('\n\n');

  const room = DESCRIPTION_LIMIT - byteLength(text([], transitions.length));
  const told = textsWithin(transitions, room, (one) => chatItem(one, startedAt));
  const items = told.map((one) => one.text);
  return text(items, transitions.length - told.length);
}

function chatItem(transition: Transition, startedAt: string): string {
  const { kind, finding, note } = transition;
  const remedy = isOver(kind) ? undefined : recommendationOf(finding);
  const tables = beforeAfter(transition);
  return [
    `*${titleOf(kind)}: ${finding.severity}* ${chatCode(`${finding.cluster} / ${finding.nodeGroup}`)} ${chatCode(finding.rule)}`,
    chatText(finding.summary),
    ...(tables === undefined ? [] : [chatText(tables)]),
    ...(note === undefined ? [] : [chatText(note, 240)]),
    ...(remedy === undefined
      ? []
      : [`${remedy.helps === true ? 'Do' : 'Maybe'}: ${chatText(promiseText(remedy), 240)}`]),
    ...(isOver(kind) ? [] : [`Mute: ${chatCode(muteOffer(finding, startedAt), 600)}`]),
  ].join('\n');
}

/** The first step for the worst open findings. */
function nextStepsOf(transitions: readonly Transition[], program: string): string[] {
  const open = transitions.filter(({ kind }) => !isOver(kind)).slice(0, NEXT_STEPS);
  return open.flatMap((transition) => nextStep(transition, program) ?? []);
}

function nextStep({ finding }: Transition, program: string): string | undefined {
  const remedy = recommendationOf(finding);
  if (remedy === undefined) return undefined;
  const files = fixCommand(remedy, program);
  const first = firstStep(remedy, program);
  const how = [
    ...(first === undefined ? [] : [chatText(first, 300)]),
    ...(files === undefined ? [] : [`files: ${chatCode(copied(files), 600)}`]),
  ];
  return how.length === 0 ? undefined : `${place(finding)}: ${how.join('; ')}`;
}

function place({ cluster, nodeGroup }: Finding): string {
  return chatCode(`${cluster} / ${nodeGroup}`);
}

function context(digest: Digest): Record<string, string> {
  const { runId, startedAt, region, location } = digest;
  const values: Record<string, string> = {
    runId,
    startedAt,
    region,
    clusters: changedClusters(digest).join(', '),
    open: openText(digest),
    report: location,
    ...(digest.test === true ? { test: 'true' } : {}),
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, shown(value, CONTEXT_LIMIT)]),
  );
}
