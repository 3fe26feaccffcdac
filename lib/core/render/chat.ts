import { OWN_NAME } from './command-text.js';
import type { Digest } from '../ledger/digest.js';
import type { Finding } from '../judge/finding.js';
import { count, plural } from '../text/format.js';
import { isOver, type Transition } from '../ledger/transition.js';
import { changedClusters, newsText, titleOf, verdict } from './changes.js';
import {
  chat,
  chatCode,
  chatJoined,
  chatLink,
  chatText,
  chatWithin,
  type ChatText,
} from './chat-text.js';
import { byteLength, shown, textsWithin } from './cut.js';
import { dashboardOf, nodeLinks, reportLink } from './digest-links.js';
import { groupedGaps } from './gap-text.js';
import { MADE_UP, openText } from './mail.js';
import { placeText } from './names.js';
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
    readonly title: ChatText;
    readonly description: ChatText;
    readonly nextSteps?: readonly ChatText[];
    readonly keywords: readonly ChatText[];
  };
  readonly metadata: {
    /** Messages of one thread stay together in the channel. */
    readonly threadId: string;
    readonly summary: ChatText;
    readonly eventType: string;
    /** Nobody sees it: the values of custom actions, as they are but for what is hidden in them. */
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** A digest for chat. */
export function chatMessage(digest: Digest, program: string = OWN_NAME): ChatMessage {
  const { runId, region, account, transitions } = digest;
  const [worst] = transitions;
  const nextSteps = nextStepsOf(transitions, program);
  const who = account?.alias ?? account?.id ?? '';
  const keywords = [verdict(digest), who, region, ...changedClusters(digest)]
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
      summary: chatWithin(`${newsText(digest)}: conntrack in ${placeText(digest)}`, TITLE_LIMIT),
      eventType: `conntrack-${shown(worst === undefined ? 'note' : worst.kind, 40)}`,
      additionalContext: context(digest),
    },
  };
}

function chatTitle(digest: Digest): ChatText {
  const clusters = changedClusters(digest).join(', ');
  const where = clusters === '' ? '' : ` (${clusters})`;
  const title = `${verdict(digest)}: ${newsText(digest)}, conntrack in ${placeText(digest)}${where}`;
  if (digest.test !== true) return chatWithin(title, TITLE_LIMIT);
  return chat`[test] ${chatWithin(title, TITLE_LIMIT - byteLength('[test] '))}`;
}

/** Leaves out the mildest changes whole if all are too long. */
function descriptionOf(digest: Digest): ChatText {
  const { transitions, startedAt, location } = digest;
  const head = chatJoined(headOf(digest));
  const links = linksOf(digest);
  const report = reportLink(digest);
  const end = [
    ...(links.length === 0 ? [] : [chatJoined(links)]),
    chatJoined([
      chat`The whole report: ${chatCode(location, 300)}`,
      ...(report === undefined || digest.test === true ? [] : [chatLink(report)]),
    ]),
  ];
  const more = (left: number) =>
    left === 0 ? [] : [chatText(`${plural(left, 'more change')} in the whole report`)];
  const text = (items: readonly ChatText[], left: number) =>
    chatJoined([head, ...items, ...more(left), ...end], '\n\n');

  const room = DESCRIPTION_LIMIT - byteLength(text([], transitions.length));
  const told = textsWithin(transitions, room, (one) => chatItem(one, startedAt));
  const items = told.map((one) => one.text);
  return text(items, transitions.length - told.length);
}

function headOf(digest: Digest): ChatText[] {
  const { nodes, notes, gaps = [] } = digest;
  const [first, ...others] = groupedGaps(gaps);
  const more = others.length === 0 ? '' : `; and ${count(others.length)} more in the whole report`;
  return [
    ...(digest.test === true ? [chatText(MADE_UP)] : []),
    chatText(
      `Open now: ${openText(digest)} on ${plural(nodes.discovered, 'node')}, ${count(nodes.silent)} of them silent`,
    ),
    ...notes.slice(0, 3).map((note) => chat`Note: ${chatText(note, 240)}`),
    ...(first === undefined ? [] : [chat`Not known: ${chatText(`${first}${more}`, 300)}`]),
  ];
}

/** Where to look at once. The addresses have no `&`, which not every chat reads alike. */
function linksOf(digest: Digest): ChatText[] {
  const dashboard = dashboardOf(digest);
  return [
    ...nodeLinks(digest).flatMap(({ instanceId, instance, session }) => [
      chat`${chatCode(instanceId)}: ${chatLink(instance)}`,
      ...(session === undefined ? [] : [chat`A shell on it: ${chatLink(session)}`]),
    ]),
    ...(dashboard === undefined ? [] : [chat`Dashboard: ${chatLink(dashboard)}`]),
  ];
}

function chatItem(transition: Transition, startedAt: string): ChatText {
  const { kind, finding, note } = transition;
  const remedy = isOver(kind) ? undefined : recommendationOf(finding);
  const tables = beforeAfter(transition);
  return chatJoined([
    chat`*${chatText(`${titleOf(kind)}: ${finding.severity}`)}* ${place(finding)} ${chatCode(finding.rule)}`,
    chatText(finding.summary),
    ...(tables === undefined ? [] : [chatText(tables)]),
    ...(note === undefined ? [] : [chatText(note, 240)]),
    ...(remedy === undefined
      ? []
      : [chatText(`${remedy.helps === true ? 'Do' : 'Maybe'}: ${promiseText(remedy)}`, 240)]),
    ...(isOver(kind) ? [] : [chat`Mute: ${chatCode(muteOffer(finding, startedAt), 600)}`]),
  ]);
}

/** The first step for the worst open findings. */
function nextStepsOf(transitions: readonly Transition[], program: string): ChatText[] {
  const open = transitions.filter(({ kind }) => !isOver(kind)).slice(0, NEXT_STEPS);
  return open.flatMap((transition) => nextStep(transition, program) ?? []);
}

function nextStep({ finding }: Transition, program: string): ChatText | undefined {
  const remedy = recommendationOf(finding);
  if (remedy === undefined) return undefined;
  const files = fixCommand(remedy, program);
  const first = firstStep(remedy, program);
  const how = [
    ...(first === undefined ? [] : [chatText(first, 300)]),
    ...(files === undefined ? [] : [chat`files: ${chatCode(copied(files), 600)}`]),
  ];
  return how.length === 0 ? undefined : chat`${place(finding)}: ${chatJoined(how, '; ')}`;
}

function place({ cluster, nodeGroup }: Finding): ChatText {
  return chatCode(`${cluster} / ${nodeGroup}`);
}

function context(digest: Digest): Record<string, string> {
  const { runId, startedAt, region, account, location } = digest;
  const values: Record<string, string> = {
    runId,
    startedAt,
    account: account?.id ?? '',
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
