import { OWN_NAME } from './command-text.js';
import type { Digest } from '../ledger/digest.js';
import { count, plural } from '../text/format.js';
import { atOnce } from './at-once.js';
import { caseText, type ToldNode } from './case-text.js';
import { changedClusters, newsText, verdict } from './changes.js';
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
import { dashboardOf, nodeLinks, openCommand, reportLink } from './digest-links.js';
import { groupedGaps } from './gap-text.js';
import { MADE_UP, openText } from './mail.js';
import { placeText } from './names.js';
import { muteOffer } from './mute-offer.js';
import { todosOf } from './todo.js';
import { toldCases, type ToldCase } from './told-cases.js';

/** Characters that the service shows. We count bytes, which are never fewer. */
const TITLE_LIMIT = 250;
const DESCRIPTION_LIMIT = 8_000;
/** How many keywords a message has. A house choice. */
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
  const { runId, region, account } = digest;
  const [worst] = toldCases(digest.transitions);
  const nextSteps = nextStepsOf(digest, program);
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
      description: descriptionOf(digest, program),
      ...(nextSteps.length === 0 ? {} : { nextSteps }),
      keywords: keywords.map((word) => chatText(word, 100)),
    },
    metadata: {
      // One audit publishes once, and a message has one thread. So it goes to the thread of its worst news, what is
      // open before what is over. The others are in it too, and go to their own threads when they are worst.
      threadId: shown(threadOf(worst) ?? `conntrack-auditor/${region}`, 250),
      summary: chatWithin(`${newsText(digest)}: conntrack in ${placeText(digest)}`, TITLE_LIMIT),
      eventType: `conntrack-${shown(eventOf(worst), 40)}`,
      additionalContext: context(digest),
    },
  };
}

/** A lost fix is news: it is not filed under a finding that is over. */
function threadOf(worst: ToldCase | undefined): string | undefined {
  if (worst === undefined) return undefined;
  const { severity, isFixLost, cluster, nodeGroup, transitions } = worst;
  if (severity === undefined && isFixLost) return `fix-lost/${cluster}/${nodeGroup}`;
  return transitions[0]?.finding.id;
}

function eventOf(worst: ToldCase | undefined): string {
  if (worst?.severity === undefined && worst?.isFixLost === true) return 'fix-lost';
  return worst?.transitions[0]?.kind ?? 'note';
}

function chatTitle(digest: Digest): ChatText {
  const clusters = changedClusters(digest).join(', ');
  const where = clusters === '' ? '' : ` (${clusters})`;
  const title = `${verdict(digest)}: ${newsText(digest)}, conntrack in ${placeText(digest)}${where}`;
  if (digest.test !== true) return chatWithin(title, TITLE_LIMIT);
  return chat`[test] ${chatWithin(title, TITLE_LIMIT - byteLength('[test] '))}`;
}

/** The plan, then the cases. Leaves out the mildest cases whole if all are too long. */
function descriptionOf(digest: Digest, program: string): ChatText {
  const { transitions } = digest;
  const cases = toldCases(transitions);
  const head = [chatJoined(headOf(digest)), ...planOf(digest, program)];
  const links = linksOf(digest);
  const end = [
    ...(links.length === 0 ? [] : [chatJoined(links)]),
    ...muteText(digest),
    reportText(digest, program),
  ];
  const more = (left: number) =>
    left === 0 ? [] : [chatText(`${plural(left, 'more change')} in the whole report`)];
  const text = (items: readonly ChatText[], left: number) =>
    chatJoined([...head, ...items, ...more(left), ...end], '\n\n');

  const room = DESCRIPTION_LIMIT - byteLength(text([], transitions.length));
  const told = textsWithin(cases, room, chatCase);
  const changes = told.reduce((sum, one) => sum + one.item.transitions.length, 0);
  const items = told.map((one) => one.text);
  return text(items, transitions.length - changes);
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

/** Where the report is, and how to open its page. A made-up one is nowhere. */
function reportText(digest: Digest, program: string): ChatText {
  const places = [reportLink(digest), openCommand(digest, program)];
  const [link, open] = digest.test === true ? [] : places;
  return chatJoined([
    chat`The whole report: ${chatCode(digest.location, 300)}`,
    ...(link === undefined ? [] : [chatLink(link)]),
    ...(open === undefined ? [] : [chat`In a terminal: ${chatCode(open, 300)}`]),
  ]);
}

function planOf(digest: Digest, program: string): ChatText[] {
  const { todos, more } = todosOf(digest, program);
  if (todos.length === 0) return [];
  const left =
    more === 0 ? [] : [chatText(`and ${plural(more, 'more action')} in the whole report`)];
  const lines = todos.flatMap(({ title, effect }, at) => [
    chat`${at + 1}. ${chatText(title)}`,
    ...(effect === undefined ? [] : [chatText(effect)]),
  ]);
  return [chatJoined([chat`*Plan*`, ...lines, ...left])];
}

function chatCase(told: ToldCase): ChatText {
  const { head, nodes, more, why, notes } = caseText(told);
  return chatJoined([
    chat`*${chatText(head)}* ${place(told)}`,
    ...nodes.flatMap(nodeText),
    ...[more, why, ...notes].flatMap((text) => (text === undefined ? [] : [chatText(text, 420)])),
  ]);
}

/** A node, and below it all that is said of it. */
function nodeText({ name, tables, signs }: ToldNode): ChatText[] {
  const said = tables === undefined ? name : `${name ?? ''}: ${tables}`;
  return [
    ...(said === undefined ? [] : [chatText(said)]),
    ...signs.map((one) => chat`${chatText(one.label)}: ${chatCode(one.rule)}${chatText(one.said)}`),
  ];
}

function muteText(digest: Digest): ChatText[] {
  const offer = muteOffer(digest);
  if (offer === undefined) return [];
  return [chat`Mute ${chatText(offer.what)}: ${chatCode(offer.line, 600)}`];
}

function sentence(text: string | undefined): ChatText | undefined {
  return text === undefined ? undefined : chatText(text);
}

/** What to do at once on the worst node, then what lasts, by the numbers of the plan. */
function nextStepsOf(digest: Digest, program: string): ChatText[] {
  const now = atOnce(digest, program);
  const { todos } = todosOf(digest, program);
  const until = now?.until === undefined ? '' : `, ${now.until}`;
  const step = now?.step === undefined ? [] : [chatText(now.step)];
  const atNode =
    now === undefined ? [] : [...now.commands.map((one) => chatCode(one, 600)), ...step];
  return [
    ...(atNode.length === 0 ? [] : [chat`Now${chatText(until)}: ${chatJoined(atNode, '; ')}`]),
    ...todos.flatMap(({ command, step: lasting }, at) => {
      const how = command === undefined ? sentence(lasting) : chatCode(command, 600);
      const number = todos.length === 1 ? '' : ` (${at + 1})`;
      return how === undefined ? [] : [chat`For good${chatText(number)}: ${how}`];
    }),
  ];
}

function place({ cluster, nodeGroup }: ToldCase): ChatText {
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
