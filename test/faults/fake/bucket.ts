import { createHash } from 'node:crypto';
import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { s3Error } from '../../../lib/simulator/protocol/ec2-query.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';

interface Stored {
  readonly body: Buffer;
  readonly etag: string;
}

/** An answer with bytes and headers of its own. */
export interface S3Response extends AwsResponse {
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One bucket in memory, with the conditional puts of S3. */
export class Bucket {
  readonly objects = new Map<string, Stored>();

  handle(request: AwsRequest, body: Buffer): S3Response {
    try {
      return this.#answer(request, body);
    } catch (error) {
      if (error instanceof ServiceError) return s3Error(error);
      throw error;
    }
  }

  #answer({ method, url, headers }: AwsRequest, body: Buffer): S3Response {
    const key = keyOf(url);
    switch (method) {
      case 'PUT':
        return this.#put(key, body, headers);
      case 'GET':
        return key === '' ? this.#list(url) : this.#get(key);
      case 'HEAD':
        return key === '' ? nothing(200) : { ...this.#get(key), bytes: Buffer.alloc(0) };
      case 'DELETE':
        this.objects.delete(key);
        return nothing(204);
      default:
        throw new ServiceError('MethodNotAllowed', `this bucket takes no ${method}`, 405);
    }
  }

  #put(key: string, body: Buffer, headers: AwsRequest['headers']): S3Response {
    if (headers['content-encoding']?.includes('aws-chunked') === true) {
      throw new ServiceError('NotImplemented', 'this bucket reads no chunks', 501);
    }
    checkConditions(headers, this.objects.get(key));
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    this.objects.set(key, { body, etag });
    return { ...nothing(200), headers: { etag } };
  }

  #get(key: string): S3Response {
    const there = this.objects.get(key);
    if (there === undefined) throw missing();
    return { ...nothing(200), bytes: there.body, headers: { etag: there.etag } };
  }

  #list({ searchParams }: URL): S3Response {
    const prefix = searchParams.get('prefix') ?? '';
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const contents = keys.map((key) => `<Contents><Key>${escape(key)}</Key></Contents>`).join('');
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
    return { status: 200, contentType: 'application/xml', body };
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function checkConditions(headers: AwsRequest['headers'], there: Stored | undefined): void {
  const { 'if-match': wanted, 'if-none-match': unwanted } = headers;
  if (unwanted === '*' && there !== undefined) throw failed();
  if (wanted === undefined) return;
  if (there === undefined) throw missing();
  if (strip(wanted) !== strip(there.etag)) throw failed();
}

/** The key in a path-style address; empty for the bucket itself. */
export function keyOf({ pathname }: URL): string {
  return decodeURIComponent(pathname.split('/').slice(2).join('/'));
}

function nothing(status: number): S3Response {
  return { status, contentType: 'application/xml', body: '' };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function strip(etag: string): string {
  return etag.replaceAll('"', '');
}

function failed(): ServiceError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new ServiceError('PreconditionFailed', message, 412);
}

function missing(): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
}
