import { buildApp } from 'fauxqs';
import { ACCOUNT_ID, BUCKET, REGION, TOPIC } from './account.js';

const QUEUE = 'conntrack-auditor-inbox';

/** What a client must know to use the topic and the queue. */
export interface Addresses {
  readonly topicArn: string;
  readonly queueUrl: string;
}

/** The embedded SNS, SQS and S3: a server of its own on a loopback port. */
export interface Messaging {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /**
   * Makes the bucket, the topic and a queue that receives its messages, without an envelope.
   * `host` is the address under which clients reach the account: queue URLs name it.
   */
  furnish(host: string): Promise<Addresses>;
  stop(): Promise<void>;
}

type App = ReturnType<typeof buildApp>;

/** Starts fauxqs without its own starter, which would listen on every interface of this machine. */
export async function startMessaging(): Promise<Messaging> {
  const app = buildApp({ logger: false, defaultRegion: REGION });
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  return {
    port: Number(address.port),
    furnish: (host) => furnish(app, host),
    stop: () => app.close(),
  };
}

async function furnish(app: App, host: string): Promise<Addresses> {
  const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${TOPIC}`;
  const queueUrl = await createQueue(app, host);
  check(await app.inject({ method: 'PUT', url: `/${BUCKET}`, headers: { host } }));
  await query(app, { Action: 'CreateTopic', Name: TOPIC });
  await query(app, {
    Action: 'Subscribe',
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${QUEUE}`,
    'Attributes.entry.1.key': 'RawMessageDelivery',
    'Attributes.entry.1.value': 'true',
  });
  return { topicArn, queueUrl };
}

async function createQueue(app: App, host: string): Promise<string> {
  const type = 'application/x-amz-json-1.0';
  const target = 'AmazonSQS.CreateQueue';
  const headers = { host, 'content-type': type, 'x-amz-target': target };
  const payload = JSON.stringify({ QueueName: QUEUE });
  check(await app.inject({ method: 'POST', url: '/', headers, payload }));
  return `http://${host}/${ACCOUNT_ID}/${QUEUE}`;
}

async function query(app: App, form: Readonly<Record<string, string>>): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams(form).toString();
  check(await app.inject({ method: 'POST', url: '/', headers, payload }));
}

function check({ statusCode, body }: { statusCode: number; body: string }): void {
  if (statusCode !== 200) throw new Error(`the embedded message services answered ${body}`);
}
