import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import { chatMessage } from '../../lib/core/render/chat.js';
import { machineDigest } from '../../lib/core/render/machine.js';
import { mailBody } from '../../lib/core/render/mail.js';
import { PROGRAM } from '../../lib/program.js';
import { aDigest, aTransition } from '../support/a-digest.js';
import { undocumentedIn } from '../support/digest-schema.js';
import { manyChanges } from '../support/hostile-digests.js';

const access = {
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const clients = awsClients({ version: 'test', ...access });
const sqs = new SQSClient(access);

/** What was posted to whoever subscribes as chat does. */
const posted: { Subject: string; Message: string }[] = [];
const chat = createServer((request, response) => {
  void text(request).then((body) => {
    posted.push(JSON.parse(body) as (typeof posted)[number]);
    response.end();
  });
});

let topicArn: string;
let announcer: SnsAnnouncer;

beforeAll(async () => {
  topicArn = (await clients.sns.send(new CreateTopicCommand({ Name: 'digests' }))).TopicArn ?? '';
  announcer = new SnsAnnouncer(clients.sns, { topicArn, store: new MemoryRunStore() });
  await once(chat.listen(0, '127.0.0.1'), 'listening');
  // Moto takes the protocol by its word and posts to the address, so no certificate is needed here.
  const Endpoint = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/`;
  await clients.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'https', Endpoint }));
});

afterAll(() => {
  clients.destroy();
  sqs.destroy();
  chat.close();
});

/** A queue that gets, raw, what this filter policy lets through. */
async function subscribed(name: string, policy: object = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(policy) },
    }),
  );
  return QueueUrl;
}

async function inbox(QueueUrl: string) {
  const request = { QueueUrl, MessageAttributeNames: ['All'], MaxNumberOfMessages: 10 };
  return (await sqs.send(new ReceiveMessageCommand(request))).Messages ?? [];
}

/** The bodies of what moto's SNS took last, by protocol. */
async function lastTaken(): Promise<Record<string, string>> {
  const answer = await fetch(`${access.endpoint}/moto-api/data.json`);
  const { sns } = (await answer.json()) as {
    sns: { Topic: { arn: string; sent_notifications: [id: string, message: string][] }[] };
  };
  const topic = sns.Topic.find(({ arn }) => arn === topicArn);
  const [, message = '{}'] = topic?.sent_notifications.at(-1) ?? [];
  return JSON.parse(message) as Record<string, string>;
}

describe('an announcement through moto', () => {
  it('reaches a queue as the JSON for machines, valid by the published schema', async () => {
    const queue = await subscribed('machines');
    const digest = aDigest([aTransition({}, { nodeGroup: 'wéb \u{1F525}\u202e' })]);
    await announcer.publish(digest);
    const [message, ...others] = await inbox(queue);
    const body: unknown = JSON.parse(message?.Body ?? '');
    expect(others).toEqual([]);
    expect(body).toEqual(machineDigest(digest));
    expect(undocumentedIn(body)).toEqual([]);
    expect(message?.MessageAttributes).toMatchObject({
      severity: { StringValue: 'critical' },
      cluster: { StringValue: 'storefront' },
      region: { StringValue: 'us-east-1' },
      transition: { StringValue: 'new' },
    });
  });

  it('reaches chat in the form that it takes, with the subject', async () => {
    const digest = aDigest([aTransition({}, { cluster: 'chat' })]);
    posted.length = 0;
    await announcer.publish(digest);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.Subject).toBe(
      '[critical] 1 new (table-pressure): conntrack in us-east-1 (chat/web)',
    );
    expect(JSON.parse(posted[0]?.Message ?? '')).toEqual(chatMessage(digest, PROGRAM));
  });

  it('carries a mail for people, which moto takes and delivers to nobody', async () => {
    const digest = aDigest([aTransition({}, { cluster: 'mail' })]);
    await announcer.publish(digest);
    const { email, sms } = await lastTaken();
    expect(email).toBe(mailBody(digest, PROGRAM));
    expect(sms).toBe('[critical] 1 new (table-pressure): conntrack in us-east-1 (mail/web)');
  });

  it('goes by severity to whoever wants that one, alone or among others', async () => {
    const queue = await subscribed('pager', { severity: ['critical'] });
    const [warning, critical, both] = ['only-warning', 'only-critical', 'both'];
    await announcer.publish(
      aDigest([aTransition({}, { severity: 'warning' })], { runId: warning }),
    );
    await announcer.publish(aDigest([aTransition()], { runId: critical }));
    const mixed = [aTransition({ kind: 'resolved' }, { severity: 'warning' }), aTransition()];
    await announcer.publish(aDigest(mixed, { runId: both }));
    const runs = (await inbox(queue)).map(
      ({ Body = '' }) => (JSON.parse(Body) as { runId: string }).runId,
    );
    expect(runs).toEqual([critical, both]);
  });

  it('goes by cluster and by kind of change', async () => {
    const queue = await subscribed('team', { cluster: ['payments'], transition: ['resolved'] });
    const resolved = { kind: 'resolved' } as const;
    await announcer.publish(aDigest([aTransition(resolved)]));
    await announcer.publish(aDigest([aTransition({}, { cluster: 'payments' })]));
    await announcer.publish(
      aDigest([aTransition(), aTransition(resolved, { cluster: 'payments' })]),
    );
    expect(await inbox(queue)).toHaveLength(1);
  });

  it('is taken when it is full, and arrives cut and valid', async () => {
    const queue = await subscribed('full', { cluster: ['full-0'] });
    await announcer.publish(aDigest(manyChanges(2_000, 'full')));
    const [message] = await inbox(queue);
    const body: unknown = JSON.parse(message?.Body ?? '');
    expect(body).toMatchObject({ truncated: true, complete: 'memory/digest-run-7.json' });
    expect(undocumentedIn(body)).toEqual([]);
  });
});
