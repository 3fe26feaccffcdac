import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Moto } from './moto.js';

/** A message of the topic, as a queue gets it that did not ask for it raw. */
export interface Received {
  readonly Subject: string;
  readonly Message: string;
}

/** Receives what is published to a topic from now on. */
export class Inbox {
  private constructor(
    private readonly sqs: SQSClient,
    private readonly QueueUrl: string,
  ) {}

  static async of({ access }: Moto, topicArn: string): Promise<Inbox> {
    const sqs = new SQSClient(access);
    const sns = new SNSClient(access);
    const QueueName = `inbox-${topicArn.split('-').pop() ?? ''}`;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const Endpoint = Attributes?.['QueueArn'];
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
    sns.destroy();
    return new Inbox(sqs, QueueUrl);
  }

  /** What came since the last look. */
  async take(): Promise<Received[]> {
    const { QueueUrl } = this;
    const request = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await this.sqs.send(request);
    for (const { ReceiptHandle } of Messages) {
      await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Received);
  }

  destroy(): void {
    this.sqs.destroy();
  }
}
