import { PublishCommand, SNSClient, type PublishCommandInput } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { clientConfig } from '../support/simulated-account.js';

let simulator: Simulator;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  sns = new SNSClient(clientConfig(simulator));
  sqs = new SQSClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  while ((await inbox()).length > 0);
});

async function inbox(): Promise<string[]> {
  const query = { QueueUrl: simulator.queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(query));
  return Messages.map(({ Body = '' }) => Body);
}

function publish(change: Partial<PublishCommandInput>) {
  const input = { TopicArn: simulator.topicArn, Message: 'text', ...change };
  return sns.send(new PublishCommand(input));
}

describe('SNS of the simulated account', () => {
  it('delivers what is published to the queue, without an envelope', async () => {
    await publish({ Subject: 'a subject', Message: 'what was found & <where>' });
    expect(await inbox()).toEqual(['what was found & <where>']);
  });

  it('delivers each subscriber its own text of a message with a structure', async () => {
    const Message = JSON.stringify({ default: 'for people', sqs: '{"for":"machines"}' });
    await publish({ Message, MessageStructure: 'json' });
    await publish({ Message: '{"default":"for all"}', MessageStructure: 'json' });
    expect(await inbox()).toEqual(['{"for":"machines"}', 'for all']);
  });

  it.each(['{"sqs":"only"}', '["default"]', 'text', '{"default":1}'])(
    'refuses the structure %s',
    async (Message) => {
      await expect(publish({ Message, MessageStructure: 'json' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
      expect(await inbox()).toEqual([]);
    },
  );

  it('takes a subject of 99 characters', async () => {
    await publish({ Subject: 'x'.repeat(99) });
    expect(await inbox()).toEqual(['text']);
  });

  it.each([
    { what: '100 characters', Subject: 'x'.repeat(100) },
    { what: 'a line break', Subject: 'one\ntwo' },
    { what: 'a control character', Subject: 'bell \u0007' },
    { what: 'a letter beyond ASCII', Subject: 'Übersicht' },
    { what: 'nothing in it', Subject: '' },
  ])('refuses a subject with $what', async ({ Subject }) => {
    await expect(publish({ Subject })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid parameter: Subject',
    });
    expect(await inbox()).toEqual([]);
  });

  it('takes a message of 262,144 bytes and no byte more', async () => {
    const full = 'ü'.repeat(131_072);
    await publish({ Message: full });
    expect(await inbox()).toEqual([full]);
    await expect(publish({ Message: `${full}x` })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('refuses a topic that is not there', async () => {
    await expect(publish({ TopicArn: `${simulator.topicArn}-x` })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
