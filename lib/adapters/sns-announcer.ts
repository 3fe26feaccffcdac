import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import type { Digest } from '../core/ledger/digest.js';
import { present } from '../core/text/present.js';
import type { Announcer, RunStore, Untaken } from '../core/run/ports.js';
import { filterValues } from '../core/render/changes.js';
import { chatMessage } from '../core/render/chat.js';
import { byteLength, fitting, shown } from '../core/render/cut.js';
import {
  asciiJson,
  machineDigest,
  machineDigestWithin,
  sizeWithin,
  type MachineDigest,
} from '../core/render/machine.js';
import { mailBody } from '../core/render/mail.js';
import { subjectOf } from '../core/render/subject.js';

/**
 * Bytes of one publication: the body, all its variants and the attributes.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const MESSAGE_LIMIT = 262_144;
/** Bytes of the attribute with names of clusters, which keeps those of the worst changes. A house choice. */
const NAMES_ROOM = 16_384;

/** Where announcements go. */
export interface SnsAnnouncerOptions {
  readonly topicArn: string;
  /** Takes the whole digest for machines if it is too large for one publication. */
  readonly store: RunStore;
}

/** What was published. */
export interface Publication {
  readonly messageId?: string;
  readonly subject: string;
  /** The text for each protocol; `default` is for all others. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Publishes to one SNS topic, once for each digest: a mail to people, a notification to chat, one line to
 * telephones and JSON to everything else.
 */
export class SnsAnnouncer implements Announcer {
  constructor(
    private readonly sns: SNSClient,
    private readonly options: SnsAnnouncerOptions,
  ) {}

  /** One publication: SNS takes it whole, or fails. */
  async publish(digest: Digest): Promise<readonly Untaken[]> {
    await this.send(digest);
    return [];
  }

  /** Publishes, and says what was published. */
  async send(digest: Digest): Promise<Publication> {
    const { topicArn } = this.options;
    const subject = subjectOf(digest);
    const attributes = attributesOf(digest);
    const wire = wireAttributes(attributes);
    const bodies = await this.bodies(digest, subject, sizeOf(wire));
    const { MessageId } = await this.sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        MessageStructure: 'json',
        Message: JSON.stringify(bodies),
        MessageAttributes: wire,
      }),
    );
    return { ...present({ messageId: MessageId }), subject, bodies, attributes };
  }

  /**
   * Every variant counts towards the limit. So JSON is there once, as the default, for queues, functions and
   * streams, which have no variant of their own.
   */
  private async bodies(digest: Digest, subject: string, taken: number) {
    const people = {
      email: mailBody(digest),
      https: JSON.stringify(chatMessage(digest)),
      sms: subject,
    };
    const room = MESSAGE_LIMIT - taken - byteLength(JSON.stringify({ default: '', ...people }));
    const whole = machineDigest(digest);
    const text = asciiJson(whole);
    const fits = sizeWithin(text) <= room;
    return { default: fits ? text : asciiJson(await this.shorten(whole, room)), ...people };
  }

  private async shorten(whole: MachineDigest, room: number): Promise<MachineDigest> {
    const { store } = this.options;
    const key = `digest-${whole.runId}.json`;
    await store.put(key, whole);
    return machineDigestWithin(whole, room, `${store.location.replace(/\/$/, '')}/${key}`);
  }
}

/** The Region in a topic's ARN: SNS takes a publication only there. Fails if the text is no ARN. */
export function regionOfTopic(topicArn: string): string {
  return partsOf(topicArn).region;
}

/** The account that owns a topic. Fails if the text is no ARN. */
export function accountOfTopic(topicArn: string): string {
  return partsOf(topicArn).account;
}

function partsOf(topicArn: string): { region: string; account: string } {
  const [, region, account] = /^arn:[^:]+:sns:([^:]+):(\d+):.+$/.exec(topicArn) ?? [];
  if (region === undefined || account === undefined) {
    throw new Error(`the ARN of a topic should look like 'arn:aws:sns:region:account:name'`);
  }
  return { region, account };
}

/**
 * Attributes for filters, none where its value is not known: a central topic hears of many accounts, and its
 * own is none of them. SNS hands at most ten to a queue that wants raw messages.
 */
function attributesOf(digest: Digest): Record<string, string | string[]> {
  const { severity, cluster, transition } = filterValues(digest);
  const names = cluster.map((name) => shown(name));
  return {
    severity,
    cluster: fitting(names, NAMES_ROOM, (name) => asciiJson(name).length + 1),
    ...present({ account: digest.account && shown(digest.account.id) }),
    region: shown(digest.region),
    transition,
    ...(digest.test === true ? { test: 'true' } : {}),
  };
}

/** One value is a string; several are an array, and one match satisfies a filter policy. SNS takes no empty one. */
function wireAttributes(attributes: Publication['attributes']) {
  const wire: Record<string, MessageAttributeValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const values = typeof value === 'string' ? [value] : value;
    const [only] = values;
    if (only === undefined || only === '') continue;
    wire[name] =
      values.length === 1
        ? { DataType: 'String', StringValue: only }
        : { DataType: 'String.Array', StringValue: asciiJson(values) };
  }
  return wire;
}

function sizeOf(wire: Readonly<Record<string, MessageAttributeValue>>): number {
  return Object.entries(wire)
    .flatMap(([name, { DataType = '', StringValue = '' }]) => [name, DataType, StringValue])
    .reduce((sum, text) => sum + byteLength(text), 0);
}
