import type { IncomingHttpHeaders } from 'node:http';
import { REGION } from './account.js';
import { isObject } from './protocol/input.js';

/** Operations whose answers hold queue URLs. All others are passed on as they are: they hold messages. */
const namingOperations = ['CreateQueue', 'GetQueueUrl', 'ListQueues'];
const region = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\//;

/**
 * The embedded SQS names its queues under a host that resolves on few machines, and SDKs call the host
 * that a queue URL names. So clients see queues under the address that they called.
 */
export interface QueueUrls {
  /** The body with the embedded server's own URL. */
  readonly toEmbedded: (body: string) => string;
  /** The answer with the client's; absent if the answer passes untouched. */
  readonly toClient?: (body: string) => string;
}

/** Makes the translation for one request. */
export function queueUrlsOf(headers: IncomingHttpHeaders): QueueUrls {
  const host = headers.host ?? '';
  const own = `sqs.${region.exec(headers.authorization ?? '')?.[1] ?? REGION}.localhost${portOf(host)}`;
  const operation = headers['x-amz-target']?.toString().split('.').pop() ?? '';
  const toEmbedded = (body: string) => {
    const input = parse(body);
    if (!isObject(input) || typeof input['QueueUrl'] !== 'string') return body;
    return JSON.stringify({
      ...input,
      QueueUrl: input['QueueUrl'].replace(/^http:\/\/[^/]+/, `http://${own}`),
    });
  };
  if (!namingOperations.includes(operation)) return { toEmbedded };
  return { toEmbedded, toClient: (body) => body.replaceAll(`http://${own}/`, `http://${host}/`) };
}

/** The embedded server refuses a body that is not JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function portOf(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? '';
}
