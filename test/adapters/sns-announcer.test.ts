import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { regionOfTopic, SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import { chatMessage } from '../../lib/core/render/chat.js';
import { machineDigest, type MachineDigest } from '../../lib/core/render/machine.js';
import { mailBody } from '../../lib/core/render/mail.js';
import { subjectOf } from '../../lib/core/render/subject.js';
import { PROGRAM } from '../../lib/program.js';
import { aDigest, aTransition } from '../support/a-digest.js';
import { wrongWith } from '../support/digest-schema.js';
import { anyDigest, manyChanges } from '../support/hostile-digests.js';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:findings';
const sns = mockClient(SNSClient);
const client = new SNSClient({ region: 'eu-west-1' });

/** Not the account of the topic. */
const audited = { id: '210987654321', alias: 'acme' };

/** What reaches SNS of a digest, and what the store then holds. */
async function published(digest: Digest, location = 's3://shelf/runs/run-7/') {
  sns.resetHistory();
  const store = Object.assign(new MemoryRunStore(), { location });
  await new SnsAnnouncer(client, { topicArn, store }).publish(digest);
  const [call, ...others] = sns.commandCalls(PublishCommand);
  const input = call?.args[0].input;
  if (input?.Message === undefined || others.length > 0) throw new Error('not published once');
  const { Message, Subject = '', MessageAttributes = {} } = input;
  const bodies = JSON.parse(Message) as Record<string, string>;
  const machine = JSON.parse(bodies['default'] ?? '') as MachineDigest;
  const attributes = Object.entries(MessageAttributes);
  const size = attributes
    .flatMap(([name, { DataType = '', StringValue = '' }]) => [name, DataType, StringValue])
    .reduce((sum, text) => sum + Buffer.byteLength(text), Buffer.byteLength(Message));
  return { input, bodies, machine, attributes, subject: Subject, size, store };
}

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({ MessageId: 'message-1' });
});

describe('SnsAnnouncer', () => {
  it('publishes once: a mail, a chat message, a line, and JSON to everything else', async () => {
    const digest = aDigest();
    const { input, bodies, machine } = await published(digest);
    expect(input).toMatchObject({
      TopicArn: topicArn,
      Subject: subjectOf(digest),
      MessageStructure: 'json',
    });
    expect(bodies).toEqual({
      default: JSON.stringify(machineDigest(digest)),
      email: mailBody(digest, PROGRAM),
      https: JSON.stringify(chatMessage(digest, PROGRAM)),
      sms: subjectOf(digest),
    });
    expect(wrongWith(machine)).toEqual([]);
  });

  it('carries what subscriptions may filter by', async () => {
    const { input } = await published(aDigest([aTransition()], { account: audited }));
    expect(input.MessageAttributes).toEqual({
      severity: { DataType: 'String', StringValue: 'critical' },
      cluster: { DataType: 'String', StringValue: 'storefront' },
      account: { DataType: 'String', StringValue: '210987654321' },
      region: { DataType: 'String', StringValue: 'us-east-1' },
      transition: { DataType: 'String', StringValue: 'new' },
    });
  });

  it('carries several values as an array, and marks a test', async () => {
    const changes = [
      aTransition(),
      aTransition({ kind: 'resolved' }, { severity: 'notice', cluster: 'é' }),
    ];
    const { input } = await published(aDigest(changes, { test: true }));
    expect(input.MessageAttributes).toMatchObject({
      severity: { DataType: 'String.Array', StringValue: '["critical","notice"]' },
      cluster: { DataType: 'String.Array', StringValue: '["storefront","\\u00e9"]' },
      transition: { DataType: 'String.Array', StringValue: '["new","resolved"]' },
      test: { DataType: 'String', StringValue: 'true' },
    });
  });

  it('leaves out an attribute without a value, which SNS would refuse', async () => {
    const { input } = await published(aDigest([], { clusters: [], region: '', notes: ['x'] }));
    expect(Object.keys(input.MessageAttributes ?? {})).toEqual(['severity', 'transition']);
  });

  it('says what it published', async () => {
    const announcer = new SnsAnnouncer(client, { topicArn, store: new MemoryRunStore() });
    const sent = await announcer.send(aDigest());
    expect(sent).toMatchObject({
      messageId: 'message-1',
      subject: subjectOf(aDigest()),
      attributes: { region: 'us-east-1', severity: ['critical'] },
    });
    expect(sent.bodies['email']).toBe(mailBody(aDigest(), PROGRAM));
  });

  it('fails when SNS refuses', async () => {
    sns.on(PublishCommand).rejects(new Error('topic does not exist'));
    await expect(published(aDigest())).rejects.toThrow('topic does not exist');
  });
});

describe('a digest that one publication cannot hold', () => {
  it('is cut for machines, whole in the store, and says where that is', async () => {
    const digest = aDigest(manyChanges(1_000));
    const { machine, store, bodies, size } = await published(digest);
    expect(machine.truncated).toBe(true);
    expect(machine.complete).toBe('s3://shelf/runs/run-7/digest-run-7.json');
    expect(machine.omitted?.transitions).toBe(1_000 - machine.transitions.length);
    expect(wrongWith(machine)).toEqual([]);
    expect(await store.get('digest-run-7.json')).toEqual(machineDigest(digest));
    expect(bodies['email']).toBe(mailBody(digest, PROGRAM));
    expect(size).toBeLessThanOrEqual(262_144);
    expect(size).toBeGreaterThan(262_144 - 3_000);
  });

  it('is stored in a folder by a path of that folder', async () => {
    const { machine } = await published(aDigest(manyChanges(1_000)), '/home/me/run');
    expect(machine.complete).toBe('/home/me/run/digest-run-7.json');
  });

  it('is whole up to 262,144 bytes with its attributes, and cut from one byte more on', async () => {
    const withReason = (length: number) =>
      published(aDigest([aTransition({}, { why: 'y'.repeat(500 + length) })]));
    const room = 262_144 - (await withReason(1)).size + 1;
    const full = await withReason(room);
    expect(full.size).toBe(262_144);
    expect(full.machine.truncated).toBeUndefined();
    expect(await full.store.keys('')).toEqual([]);
    const over = await withReason(room + 1);
    expect(over.machine).toMatchObject({ truncated: true, omitted: { transitions: 1 } });
    expect(await over.store.keys('')).toEqual(['digest-run-7.json']);
  });

  it('is not announced when it could not be stored: what the message points to is there', async () => {
    const store = new MemoryRunStore();
    store.put = () => Promise.reject(new Error('no such bucket'));
    const announcer = new SnsAnnouncer(client, { topicArn, store });
    await expect(announcer.publish(aDigest(manyChanges(1_000)))).rejects.toThrow('no such bucket');
    expect(sns.commandCalls(PublishCommand)).toHaveLength(0);
  });
});

describe('any publication', () => {
  const holds = async (digest: Digest) => {
    const { subject, size, machine, bodies, attributes } = await published(digest);
    expect(subject).toMatch(/^\[[ -~]{1,98}$/);
    expect(size).toBeLessThanOrEqual(262_144);
    expect(attributes.length).toBeLessThanOrEqual(10);
    expect(wrongWith(machine)).toEqual([]);
    expect(Buffer.byteLength(bodies['email'] ?? '')).toBeLessThan(8_192);
    expect(() => JSON.parse(bodies['https'] ?? '') as unknown).not.toThrow();
    for (const text of [...Object.values(bodies), subject]) {
      expect(text.isWellFormed()).toBe(true);
    }
    for (const [, { StringValue = '' }] of attributes) expect(StringValue).not.toBe('');
  };

  it('keeps the rules of SNS, whatever the names are', async () => {
    await fc.assert(fc.asyncProperty(anyDigest, holds), { numRuns: 50, endOnFailure: true });
  });

  it.each([
    ['short', 'c'],
    ['long', 'c'.repeat(100)],
    ['beyond ASCII', '\u{1F525}界é'.repeat(6)],
  ])('keeps them with 10,000 findings in clusters of %s names', async (_, name) => {
    const changes = manyChanges(10_000, name, 1);
    const clusters = changes.map(({ finding }) => finding.cluster);
    await holds(aDigest(changes, { clusters }));
  });
});

describe('regionOfTopic', () => {
  it.each([
    [topicArn, 'eu-west-1'],
    ['arn:aws-cn:sns:cn-north-1:123456789012:findings', 'cn-north-1'],
  ])('reads the Region of %s', (arn, region) => {
    expect(regionOfTopic(arn)).toBe(region);
  });

  it.each(['findings', 'arn:aws:sqs:eu-west-1:123456789012:findings', 'arn:aws:sns:::findings'])(
    'fails when the ARN is %s',
    (arn) => {
      expect(() => regionOfTopic(arn)).toThrow("'arn:aws:sns:region:account:name'");
    },
  );
});
