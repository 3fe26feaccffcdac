import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Account } from './account.js';
import type { Cloud } from './cloud.js';
import { refuseS3, type Upstream } from './pass-through.js';
import { awsJsonError } from './protocol/aws-json.js';
import { ec2Error, queryError } from './protocol/ec2-query.js';
import { readBody, write, type AwsResponse, type Handler } from './protocol/http.js';
import { restJsonError } from './protocol/rest-json.js';
import { asServiceError, ServiceError } from './protocol/service-error.js';
import { protocolOf, serviceOf, serviceOfQuery } from './protocol/service-name.js';
import { cloudformation } from './services/cloudformation.js';
import { ec2 } from './services/ec2.js';
import { eks } from './services/eks.js';
import { iam } from './services/iam.js';
import { organizations } from './services/organizations.js';
import { ssm } from './services/ssm.js';
import { sts } from './services/sts.js';
import { withPending } from './sns-pending.js';
import { checkPublish } from './sns-refusals.js';
import { queueUrlsOf } from './sqs-queue-urls.js';

/** Services that this account answers itself, by the name in a signature. Another one is another entry. */
const handlers: Readonly<Record<string, Handler>> = {
  ...{ cloudformation, ec2, eks, iam, organizations, ssm, sts },
};
/** Services of the embedded server, beside S3. */
const embedded = ['sns', 'sqs'];

/** The receivers of the front server's requests. */
export interface Backends {
  readonly cloud: Cloud;
  readonly upstream: Upstream;
}

/**
 * The one address of the account: every service is reached through it, told apart by the signature's
 * scope. Signatures are not verified: any credentials will do.
 */
export function makeFront(backends: Backends): Server {
  return createServer((request, response) => {
    answer(request, response, backends).catch((error: unknown) => {
      // The client went away, or the answer broke half way: the connection is no longer usable.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { cloud, upstream }: Backends,
): Promise<void> {
  const named = serviceOf(request);
  try {
    if (named === 's3') {
      await upstream.stream(request, response);
      return;
    }
    const body = await readBody(request);
    const service = named ?? serviceOfQuery(body);
    if (embedded.includes(service)) {
      await forward(service, request, response, body, upstream);
      return;
    }
    write(response, handle(service, request, body, cloud.of(request.headers)));
  } catch (error) {
    if (response.headersSent) throw error;
    const failure = asServiceError(error);
    if (named === 's3') refuseS3(request, response, failure);
    else write(response, refuse(request, failure, named));
  }
}

/** Hands a request to the embedded server, with the changes that it needs. */
async function forward(
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  upstream: Upstream,
): Promise<void> {
  if (service === 'sns') {
    await upstream.forward(request, response, checkPublish(body), withPending);
  } else if (service === 'sqs' && protocolOf(request) === 'json') {
    const { toEmbedded, toClient } = queueUrlsOf(request.headers);
    await upstream.forward(request, response, toEmbedded(body), toClient);
  } else await upstream.forward(request, response, body);
}

function handle(
  service: string,
  request: IncomingMessage,
  body: string,
  account: Account,
): AwsResponse {
  const handler = Object.hasOwn(handlers, service) ? handlers[service] : undefined;
  if (handler === undefined) {
    throw new ServiceError(
      protocolOf(request) === 'query' ? 'InvalidAction' : 'UnknownOperationException',
      `the simulated account has no service '${service}'`,
    );
  }
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return handler({ method, url, headers, body }, account);
}

function refuse(
  request: IncomingMessage,
  error: ServiceError,
  service: string | undefined,
): AwsResponse {
  const protocol = protocolOf(request);
  if (protocol === 'json') return awsJsonError(error);
  if (protocol === 'rest') return restJsonError(error);
  return service === 'ec2' ? ec2Error(error) : queryError(error);
}
