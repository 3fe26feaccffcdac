import { request as httpRequest, Agent } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { s3Error } from './protocol/ec2-query.js';
import { readBody, write } from './protocol/http.js';
import { ServiceError } from './protocol/service-error.js';
import { checkConditions, isConditionalPut } from './s3-conditions.js';

/** The embedded SNS, SQS and S3, as the front server reaches them. */
export interface Upstream {
  /** Passes a request on whose body was read; `change` rewrites the answer's. */
  forward(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    change?: (answer: string) => string,
  ): Promise<void>;
  /** Passes a request of S3 on, byte for byte as it comes. */
  stream(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): void;
}

/** What the embedded S3 takes in one request. */
const LARGEST_OBJECT = 11 * 1024 * 1024;
/** Belong to one connection; the next one has its own. */
const connectionHeaders = ['connection', 'keep-alive', 'expect', 'transfer-encoding'];

/** Makes the way to the server on this loopback port. */
export function makeUpstream(port: number): Upstream {
  const agent = new Agent({ keepAlive: true });
  let lastPut: Promise<void> = Promise.resolve();

  function open(method: string, path: string, headers: OutgoingHttpHeaders) {
    const call = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve).once('error', reject);
    });
    return { call, answered };
  }

  async function etagOf(path: string): Promise<string | undefined> {
    const { call, answered } = open('HEAD', path, {});
    call.end();
    const response = await answered;
    response.resume();
    return response.statusCode === 200 ? response.headers.etag : undefined;
  }

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = endToEnd(request);
    const { call, answered } = open(request.method ?? 'GET', request.url ?? '/', headers);
    const [, answer] = await Promise.all([pipeline(request, call), answered]);
    await answerWith(answer, response);
  }

  return {
    async forward(request, response, body, change) {
      const headers = { ...endToEnd(request), 'content-length': Buffer.byteLength(body) };
      const { call, answered } = open(request.method ?? 'POST', request.url ?? '/', headers);
      call.end(body);
      const answer = await answered;
      if (change === undefined) await answerWith(answer, response);
      else await answerChanged(answer, response, change);
    },

    async stream(request, response) {
      if (Number(request.headers['content-length'] ?? 0) > LARGEST_OBJECT) {
        throw new ServiceError('EntityTooLarge', `an object may have ${LARGEST_OBJECT} bytes`, 413);
      }
      if (!isConditionalPut(request)) return passOn(request, response);
      const put = lastPut.then(async () => {
        await checkConditions(request, etagOf);
        await passOn(request, response);
      });
      // The next one waits for this one's end, whichever end that is.
      lastPut = put.then(
        () => undefined,
        () => undefined,
      );
      return put;
    },

    stop() {
      agent.destroy();
    },
  };
}

/** Answers a refusal of this side in the shape of S3. */
export function refuseS3(request: IncomingMessage, response: ServerResponse, error: ServiceError) {
  request.resume();
  write(response, s3Error(error));
}

async function answerWith(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
  await pipeline(answer, response);
}

async function answerChanged(
  answer: IncomingMessage,
  response: ServerResponse,
  change: (answer: string) => string,
): Promise<void> {
  const body = change(await readBody(answer));
  const headers = {
    ...withoutConnection(answer.headers),
    'content-length': Buffer.byteLength(body),
  };
  response.writeHead(answer.statusCode ?? 502, headers).end(body);
}

function endToEnd(request: IncomingMessage): OutgoingHttpHeaders {
  return withoutConnection(request.headers);
}

function withoutConnection(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !connectionHeaders.includes(name)),
  );
}
