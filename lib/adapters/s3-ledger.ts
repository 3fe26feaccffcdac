import {
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { LedgerStore } from '../core/run/ports.js';
import { checkRunKey } from '../core/text/run-key.js';

type Stored = Awaited<ReturnType<LedgerStore['read']>>;

/**
 * S3's answer to a conditional put if the condition does not hold, or if another put was faster. Without
 * the object, S3 answers `If-Match` with `NoSuchKey`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const CONFLICTS = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

/**
 * S3's answer for an object that is not there. A role without `s3:ListBucket` on the whole bucket gets
 * `AccessDenied` instead.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
const ABSENCES = ['NoSuchKey', 'AccessDenied'];

/** Keeps the ledger of one account and Region in a bucket, as `ledger/<region>.json`. Its version is the ETag. */
export class S3Ledger implements LedgerStore {
  private readonly key: string;

  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    region: string,
  ) {
    this.key = `ledger/${checkRunKey(region)}.json`;
  }

  async read(): Promise<Stored> {
    const found = await this.find();
    return found instanceof S3ServiceException ? undefined : found;
  }

  /** Fails if there is a ledger that may not be read: taken for none, it would never be written either. */
  async write(text: string, expected: string | undefined): Promise<'written' | 'conflict'> {
    const condition = expected === undefined ? { IfNoneMatch: '*' } : { IfMatch: expected };
    try {
      await this.put(this.key, text, condition);
      return 'written';
    } catch (error) {
      if (!isOneOf(error, CONFLICTS)) throw error;
      const found = await this.find();
      if (found instanceof S3ServiceException) {
        if (error.name !== 'PreconditionFailed' || found.name !== 'AccessDenied') return 'conflict';
        const place = this.placeOf(this.key);
        throw new Error(`there is a ledger at ${place}, and it may not be read`, { cause: found });
      }
      // The SDK repeats a put if its answer was lost, and the repeat then meets what the first one wrote.
      return found.text === text ? 'written' : 'conflict';
    }
  }

  async setAside(name: string, text: string): Promise<string> {
    const key = `ledger/set-aside/${checkRunKey(name)}`;
    await this.put(key, text);
    return this.placeOf(key);
  }

  /** The ledger, or S3's error that there is none. */
  private async find(): Promise<NonNullable<Stored> | S3ServiceException> {
    try {
      const request = new GetObjectCommand({ Bucket: this.bucket, Key: this.key });
      const { Body, ETag: version } = await this.s3.send(request);
      if (version === undefined) throw new Error(`${this.placeOf(this.key)} came without an ETag`);
      return { text: (await Body?.transformToString()) ?? '', version };
    } catch (error) {
      if (isOneOf(error, ABSENCES)) return error;
      throw error;
    }
  }

  private async put(
    key: string,
    text: string,
    condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string } = {},
  ): Promise<void> {
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: text,
      // The SDK does not measure an empty text, and a damaged ledger may be one.
      ContentLength: Buffer.byteLength(text),
      ContentType: 'application/json',
      ...condition,
    });
    await this.s3.send(request);
  }

  private placeOf(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }
}

function isOneOf(error: unknown, names: readonly string[]): error is S3ServiceException {
  return error instanceof S3ServiceException && names.includes(error.name);
}
