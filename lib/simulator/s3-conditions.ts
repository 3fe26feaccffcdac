import type { IncomingMessage } from 'node:http';
import { ServiceError } from './protocol/service-error.js';

/** The ETag of an object under a path of the embedded S3; `undefined`: there is none. */
export type EtagOf = (path: string) => Promise<string | undefined>;

/** True if a put has a condition. */
export function isConditionalPut({ method, headers }: IncomingMessage): boolean {
  const conditions = [headers['if-match'], headers['if-none-match']];
  return method === 'PUT' && conditions.some((condition) => condition !== undefined);
}

/**
 * Refuses a conditional put whose condition does not hold. The embedded S3 knows no condition on a put,
 * so these puts must come here one after the other.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function checkConditions(request: IncomingMessage, etagOf: EtagOf): Promise<void> {
  const { 'if-match': wanted, 'if-none-match': unwanted } = request.headers;
  const etag = await etagOf(request.url ?? '/');
  if (unwanted !== undefined && unwanted !== '*') {
    throw new ServiceError('NotImplemented', 'If-None-Match of a put may only be *', 501);
  }
  if (unwanted === '*' && etag !== undefined) throw failed();
  if (wanted === undefined) return;
  if (etag === undefined) {
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  if (strip(wanted) !== strip(etag)) throw failed();
}

function strip(etag: string): string {
  return etag.replaceAll('"', '');
}

function failed(): ServiceError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new ServiceError('PreconditionFailed', message, 412);
}
