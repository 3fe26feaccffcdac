import {
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { runsPrefix, type BucketPlace } from '../core/run/bucket-keys.js';
import type { RunStore } from '../core/run/ports.js';
import { checkRunKey, runBody } from '../core/text/run-key.js';

/** Keeps one run in a bucket, under `runs/<account>/<region>/<runId>/`: values as JSON, texts as they are. */
export class S3RunStore implements RunStore {
  readonly location: string;
  private readonly bucket: string;
  private readonly prefix: string;

  constructor(
    private readonly s3: S3Client,
    place: BucketPlace,
    runId: string,
  ) {
    this.bucket = place.bucket;
    this.prefix = `${checkRunKey(runsPrefix(place) + runId)}/`;
    this.location = `s3://${this.bucket}/${this.prefix}`;
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.putText(key, runBody(key, value), 'application/json');
  }

  async putText(key: string, text: string, contentType: string): Promise<void> {
    await this.s3.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: this.prefix + checkRunKey(key),
        Body: text,
        ContentType: contentType,
      }),
    );
  }

  async get(key: string): Promise<unknown> {
    const request = new GetObjectCommand({
      Bucket: this.bucket,
      Key: this.prefix + checkRunKey(key),
    });
    try {
      const { Body } = await this.s3.send(request);
      return JSON.parse((await Body?.transformToString()) ?? '');
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
      throw new Error(`the run at ${this.location} has no '${key}'`, { cause: error });
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2(
      { client: this.s3 },
      { Bucket: this.bucket, Prefix: this.prefix + prefix },
    );
    for await (const { Contents: objects = [] } of pages) {
      keys.push(...objects.flatMap(({ Key }) => Key?.slice(this.prefix.length) ?? []));
    }
    return keys.sort();
  }
}
