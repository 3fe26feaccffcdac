import { once } from 'node:events';
import {
  request as plainRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { type Agent, request as secureRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Belong to one connection or to one length of a body; the next one has its own. */
const LOCAL = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'host'];

/** Passes a request on to an endpoint, with this body. The agent is for TLS. */
export async function pass(
  request: IncomingMessage,
  body: Buffer,
  endpoint: string,
  agent: Agent,
): Promise<Answer> {
  const url = new URL(request.url ?? '/', endpoint);
  const headers = { ...withoutLocal(request.headers), 'content-length': body.length };
  const options = { method: request.method ?? 'GET', headers };
  const call =
    url.protocol === 'https:'
      ? secureRequest(url, { ...options, agent })
      : plainRequest(url, options);
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  call.end(body);
  const [answer] = await answered;
  return {
    status: answer.statusCode ?? 502,
    headers: withoutLocal(answer.headers),
    // The answer to HEAD has the length of what it does not have.
    body: await buffer(answer),
  };
}

function withoutLocal(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !LOCAL.includes(name)));
}
