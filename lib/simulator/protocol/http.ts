import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Account } from '../account.js';
import { ServiceError } from './service-error.js';

/** One request with its body read. */
export interface AwsRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One answer, not yet written. */
export interface AwsResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The error code, for the protocols that put it into a header. */
  readonly errorCode?: string;
}

/** A service behind its protocol. Answers errors in the protocol's shape, and never throws. */
export type Handler = (request: AwsRequest, account: Account) => AwsResponse;

/** Larger than the largest message of SNS, even with three bytes per escaped byte. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** Reads a whole body, and refuses one that is larger than any call here needs. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) {
      throw new ServiceError('RequestEntityTooLarge', `a body may have ${LARGEST_BODY} bytes`, 413);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Writes an answer with the headers that clients look for. */
export function write(response: ServerResponse, answer: AwsResponse): void {
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
    'x-amzn-requestid': randomUUID(),
    ...(answer.errorCode === undefined ? {} : { 'x-amzn-errortype': answer.errorCode }),
    // The rest of a body that was too large is not read.
    ...(answer.status === 413 ? { connection: 'close' } : {}),
  });
  response.end(answer.body);
}
