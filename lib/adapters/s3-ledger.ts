import {
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import { formerLedgerKey, ledgerPrefix, type BucketPlace } from '../core/run/bucket-keys.js';
import type { LedgerStore } from '../core/run/ports.js';
import { checkRunKey } from '../core/text/run-key.js';
import { endedBy, failureOf, needed } from './service-error.js';

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

/** Begins the version of a ledger that is still at its former key. An ETag begins with a quote. */
const FORMER = 'former:';

/**
 * Keeps the ledger of one account and Region in a bucket, as `ledger/<account>/<region>/ledger.json`. Its
 * version is the ETag.
 *
 * A ledger at the former key is carried over: it is what is read until the first write, which goes to the
 * key of today on the condition that nothing is there. From then on nobody reads the former one.
 */
export class S3Ledger implements LedgerStore {
  private readonly bucket: string;
  private readonly prefix: string;
  private readonly key: string;

  constructor(
    private readonly s3: S3Client,
    private readonly place: BucketPlace,
  ) {
    this.bucket = place.bucket;
    this.prefix = ledgerPrefix(place);
    this.key = checkRunKey(`${this.prefix}ledger.json`);
  }

  async read(): Promise<Stored> {
    const found = await this.find(this.key);
    if (!(found instanceof S3ServiceException)) return found;
    const former = await this.findFormer();
    if (former instanceof S3ServiceException) return undefined;
    return { text: former.text, version: `${FORMER}${former.version}` };
  }

  /** Fails if there is a ledger that may not be read: taken for none, it would never be written either. */
  async write(text: string, expected: string | undefined): Promise<'written' | 'conflict'> {
    const isNew = expected === undefined || expected.startsWith(FORMER);
    try {
      await this.put(this.key, text, isNew ? { IfNoneMatch: '*' } : { IfMatch: expected });
      return 'written';
    } catch (error) {
      if (!isOneOf(error, CONFLICTS)) throw this.ended('s3:PutObject', this.key, error);
      const found = await this.find(this.key);
      if (found instanceof S3ServiceException) {
        if (error.name !== 'PreconditionFailed' || found.name !== 'AccessDenied') return 'conflict';
        const place = this.placeOf(this.key);
        throw new Error(
          `there is a ledger at ${place}, and it may not be read: the role needs s3:GetObject`,
          { cause: found },
        );
      }
      // The SDK repeats a put if its answer was lost, and the repeat then meets what the first one wrote.
      return found.text === text ? 'written' : 'conflict';
    }
  }

  async setAside(name: string, text: string): Promise<string> {
    const key = `${this.prefix}set-aside/${checkRunKey(name)}`;
    await needed('s3:PutObject', `of ${this.placeOf(key)}`, this.put(key, text));
    return this.placeOf(key);
  }

  /**
   * The ledger at its former key. That key names no account, so it is only taken in a bucket of the audited
   * account itself: in a bucket of another one it may be the ledger of that one.
   */
  private findFormer() {
    return this.find(formerLedgerKey(this.place), { ExpectedBucketOwner: this.place.account });
  }

  /** The ledger, or S3's error that there is none. */
  private async find(
    key: string,
    owner: { readonly ExpectedBucketOwner?: string } = {},
  ): Promise<NonNullable<Stored> | S3ServiceException> {
    try {
      const request = new GetObjectCommand({ Bucket: this.bucket, Key: key, ...owner });
      const { Body, ETag: version } = await this.s3.send(request);
      if (version === undefined) throw new Error('the answer has no ETag');
      return { text: (await Body?.transformToString()) ?? '', version };
    } catch (error) {
      if (isOneOf(error, ABSENCES)) return error;
      throw this.ended('s3:GetObject', key, error);
    }
  }

  private ended(operation: string, key: string, error: unknown): Error {
    return endedBy(failureOf(operation, error), `of ${this.placeOf(key)}`, error);
  }

  private async put(
    key: string,
    text: string,
    condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string } = {},
  ): Promise<void> {
    const bytes = Buffer.from(text);
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      // As bytes: the SDK sums up and sends a text by two more copies of it.
      Body: bytes,
      // The SDK does not measure an empty body, and a damaged ledger may be one.
      ContentLength: bytes.length,
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
