import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { GetFindingsCommand } from '@aws-sdk/client-securityhub';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import { securityHubClient } from '../../lib/adapters/security-hub-client.js';
import { SecurityHubAnnouncer } from '../../lib/adapters/security-hub-announcer.js';
import { aDigest, aTransition } from '../support/a-transition.js';

const access = {
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const clients = awsClients({ version: 'test', ...access });
const { eventBridge } = clients;
const securityHub = securityHubClient({ version: 'test', ...access });
const sqs = new SQSClient(access);

afterAll(() => {
  clients.destroy();
  securityHub.destroy();
  sqs.destroy();
});

/** A queue that receives the events which match. */
async function queueFor(name: string, pattern: object): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await eventBridge.send(
    new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern), State: 'ENABLED' }),
  );
  const Targets = [{ Id: name, Arn: Attributes?.['QueueArn'] }];
  await eventBridge.send(new PutTargetsCommand({ Rule: name, Targets }));
  return QueueUrl;
}

describe('events through moto', () => {
  it('reach whoever asks for the kind of change and the severity', async () => {
    const queue = await queueFor('resolved', {
      source: ['conntrack-auditor'],
      'detail-type': ['Conntrack Finding Resolved'],
      detail: { finding: { severity: ['critical'] } },
    });
    const others = Array.from({ length: 11 }, (_, n) => aTransition({ id: `f-${n}` }));
    const mild = aTransition({ severity: 'notice' }, { kind: 'resolved', was: 'notice' });
    const resolved = aTransition({}, { kind: 'resolved', was: 'critical' });
    await new EventBridgeAnnouncer(eventBridge).publish(aDigest([...others, mild, resolved]));

    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }),
    );
    const events = messages.map(({ Body }) => JSON.parse(Body ?? '') as object);
    expect(events).toMatchObject([
      {
        source: 'conntrack-auditor',
        'detail-type': 'Conntrack Finding Resolved',
        detail: { schemaVersion: 1, runId: 'run-7', finding: { id: resolved.finding.id } },
      },
    ]);
  });
});

describe('Security Hub of moto', () => {
  it('keeps one finding from its first audit until it is archived', async () => {
    const announcer = new SecurityHubAnnouncer(securityHub, {
      account: '123456789012',
      partition: 'aws',
    });
    const found = async () => {
      const { Findings: findings = [] } = await securityHub.send(new GetFindingsCommand({}));
      return findings.map(({ RecordState, UpdatedAt }) => ({ RecordState, UpdatedAt }));
    };
    await announcer.publish(aDigest([aTransition(), aTransition({ severity: 'notice' })]));
    expect(await found()).toEqual([
      { RecordState: 'ACTIVE', UpdatedAt: '2026-11-24T10:00:00.000Z' },
    ]);
    const resolved = aTransition({}, { kind: 'resolved', was: 'critical' });
    await announcer.publish(aDigest([resolved], { startedAt: '2026-11-24T16:00:00.000Z' }));
    expect(await found()).toEqual([
      { RecordState: 'ARCHIVED', UpdatedAt: '2026-11-24T16:00:00.000Z' },
    ]);
  });
});
