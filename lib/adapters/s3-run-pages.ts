import {
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { runsPrefix, type BucketPlace } from '../core/run/bucket-keys.js';
import { checkRunKey, PAGE_KEY } from '../core/text/run-key.js';
import { isNotFound, needed } from './service-error.js';

/** The pages of the runs of one account and Region, in a bucket. */
export class S3RunPages {
  /** Where all runs are: `s3://<bucket>/runs/<account>/<region>/`. */
  readonly runs: string;
  private readonly prefix: string;

  constructor(
    private readonly s3: S3Client,
    private readonly place: BucketPlace,
  ) {
    this.prefix = `${checkRunKey(runsPrefix(place).slice(0, -1))}/`;
    this.runs = `s3://${place.bucket}/${this.prefix}`;
  }

  /** Where one run is. */
  locationOf(runId: string): string {
    return `${this.runs}${runId}/`;
  }

  /** The names of all runs, which sort by time, the newest first. */
  async names(): Promise<string[]> {
    const listed = this.list();
    return (await needed('s3:ListBucket', `of ${this.runs}`, listed)).sort().reverse();
  }

  /** Whether a run has a page. False as well where there is no such run. */
  async has(runId: string): Promise<boolean> {
    const asked = this.s3.send(new HeadObjectCommand(this.objectOf(runId))).then(
      () => true,
      (error: unknown) => {
        if (isNotFound(error)) return false;
        throw error;
      },
    );
    return needed('s3:GetObject', `of ${this.locationOf(runId)}${PAGE_KEY}`, asked);
  }

  /** An address that opens the page in any browser, for as many seconds as the credentials last at most. */
  async address(runId: string, seconds: number): Promise<string> {
    const request = new GetObjectCommand(this.objectOf(runId));
    return getSignedUrl(this.s3, request, { expiresIn: seconds });
  }

  private objectOf(runId: string) {
    return { Bucket: this.place.bucket, Key: `${this.prefix}${checkRunKey(runId)}/${PAGE_KEY}` };
  }

  private async list(): Promise<string[]> {
    const names: string[] = [];
    const asked = { Bucket: this.place.bucket, Prefix: this.prefix, Delimiter: '/' };
    for await (const { CommonPrefixes: found = [] } of paginateListObjectsV2(
      { client: this.s3 },
      asked,
    )) {
      names.push(...found.flatMap(({ Prefix }) => Prefix?.slice(this.prefix.length, -1) ?? []));
    }
    return names;
  }
}
