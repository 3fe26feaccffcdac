import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import type { Report } from '../../lib/core/report.js';

const access = {
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const clients = awsClients({ version: 'test', ...access });
const sqs = new SQSClient(access);

const report: Report = {
  runId: 'run-7',
  startedAt: '2026-11-22T10:00:00Z',
  region: 'us-east-1',
  clusters: ['prod'],
  nodes: { discovered: 1, read: 1, silent: 0 },
  findings: [],
  unjudged: [],
  silent: [],
};

let topicArn: string;
let queueUrl: string;

beforeAll(async () => {
  topicArn = (await clients.sns.send(new CreateTopicCommand({ Name: 'findings' }))).TopicArn ?? '';
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'machines' }))).QueueUrl ?? '';
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"severity":["none"]}' },
    }),
  );
});

afterAll(() => {
  clients.destroy();
  sqs.destroy();
});

describe('an announcement through moto', () => {
  it('reaches a queue as the JSON for machines, and can be filtered by severity', async () => {
    const announcer = new SnsAnnouncer(clients.sns, {
      topicArn,
      reportLocation: 's3://shelf/runs/run-7/report.json',
      renderer: {
        subject: () => 'Nothing → found',
        mail: () => 'for people',
        json: (it) => JSON.stringify({ runId: it.runId, for: 'machines' }),
      },
    });
    await announcer.publish(report);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MessageAttributeNames: ['All'] }),
    );
    expect(Messages).toHaveLength(1);
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toEqual({ runId: 'run-7', for: 'machines' });
    expect(Messages?.[0]?.MessageAttributes?.['region']?.StringValue).toBe('us-east-1');
  });
});
