import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { SecurityHubAnnouncer } from '../../lib/adapters/security-hub-announcer.js';
import { SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { ChatMessage } from '../../lib/core/render/chat.js';
import { formats, type Format, type Judged } from '../../lib/core/render/index.js';
import { plain } from '../../lib/core/render/paint.js';
import type { View } from '../../lib/core/render/read-where.js';
import { ESCAPE } from '../support/escapes.js';
import { foreignMarkup } from './foreign-markup.js';
import { leavesOf } from './leaves.js';

/** Begins a line where a line break of a name was written as it is. */
export const INJECTED = 'injected';

/** What is wrong with text for people. */
export function escapesInText(name: string, text: string): string[] {
  return [
    ...(ESCAPE.test(text) ? [`${name}: hidden characters`] : []),
    ...(text.split('\n').some((line) => line.startsWith(INJECTED)) ? [`${name}: a line`] : []),
  ];
}

const views: readonly View[] = ['screen', 'full', 'case'];

/** What is wrong with a judged audit in every format, and for people in every view. */
export function escapesInReport(judged: Judged): string[] {
  const where = { paint: plain, program: 'conntrack-auditor' };
  const asked = { ...where, columns: 80, ascii: true };
  return [
    ...views.flatMap((view) => escapesInText(view, formats.text(judged, { ...asked, view }))),
    ...(Object.keys(formats) as Format[]).flatMap((name) =>
      escapesInText(name, formats[name](judged, where)),
    ),
    ...foreignMarkup(formats.html(judged, where)).map((what) => `html: ${what}`),
    ...brokenJson('json', formats.json(judged), judged.report.runId),
    ...formats
      .ndjson(judged)
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => brokenJson('ndjson', line, judged.report.runId)),
  ];
}

/** What is wrong with a digest as each announcer sends it. */
export async function escapesInDigest(digest: Digest): Promise<string[]> {
  const { Subject = '', Message = '' } = await published(digest);
  const bodies = JSON.parse(Message) as Record<'default' | 'email' | 'https' | 'sms', string>;
  return [
    ...(/^[ -~]{1,99}$/.test(Subject) ? [] : [`subject: ${JSON.stringify(Subject)}`]),
    ...escapesInText('mail', bodies.email),
    ...escapesInChat(JSON.parse(bodies.https) as ChatMessage),
    ...(/^[ -~]*$/.test(bodies.default) ? [] : ['machine: no ASCII']),
    ...brokenJson('machine', bodies.default, digest.runId.toWellFormed()),
    ...(await escapesInEvents(digest)),
    ...(await escapesInSecurityHub(digest)),
  ];
}

async function published(digest: Digest): Promise<PublishCommand['input']> {
  const sent: PublishCommand['input'][] = [];
  const sns = { send: (command: PublishCommand) => Promise.resolve(sent.push(command.input)) };
  const topicArn = 'arn:aws:sns:us-east-1:123456789012:findings';
  const options = { topicArn, store: new MemoryRunStore() };
  await new SnsAnnouncer(sns as unknown as SNSClient, options).publish(digest);
  const [input] = sent;
  if (input === undefined) throw new Error('nothing was published');
  return input;
}

function escapesInChat({ content, metadata }: ChatMessage): string[] {
  const texts = leavesOf({ ...content, summary: metadata.summary }).map(({ value }) =>
    String(value),
  );
  const wrong = /[<>]|&(?!(amp|lt|gt);)|@(channel|everyone|here)/i;
  return [
    ...texts.flatMap((text) => (wrong.test(text) ? [`chat: ${wrong.exec(text)?.[0] ?? ''}`] : [])),
    ...leavesOf(metadata).flatMap(({ value }) => escapesInText('chat metadata', String(value))),
    ...texts.flatMap((text) => escapesInText('chat', text)),
  ];
}

async function escapesInEvents(digest: Digest): Promise<string[]> {
  const sent: PutEventsCommand['input'][] = [];
  const send = (command: PutEventsCommand) => {
    sent.push(command.input);
    return Promise.resolve({ Entries: [] });
  };
  await new EventBridgeAnnouncer({ send } as unknown as EventBridgeClient).publish(digest);
  const entries = sent.flatMap(({ Entries = [] }) => Entries);
  return entries.flatMap(({ Detail = '', DetailType = '' }) => [
    ...brokenJson('event', Detail),
    ...escapesInText('event', DetailType),
  ]);
}

async function escapesInSecurityHub(digest: Digest): Promise<string[]> {
  const sent: BatchImportFindingsCommand['input'][] = [];
  const send = (command: BatchImportFindingsCommand) => {
    sent.push(command.input);
    return Promise.resolve({ FailedFindings: [] });
  };
  const options = { account: '123456789012', partition: 'aws' };
  await new SecurityHubAnnouncer({ send } as unknown as SecurityHubClient, options).publish(digest);
  return leavesOf(sent).flatMap(({ value }) => escapesInText('security hub', String(value)));
}

/** Nothing where it is JSON, and has the run id, which stands on top, where it belongs. */
function brokenJson(name: string, text: string, runId?: string): string[] {
  try {
    const read = JSON.parse(text) as { runId?: unknown };
    return runId === undefined || read.runId === runId ? [] : [`${name}: another run`];
  } catch {
    return [`${name}: no JSON`];
  }
}
