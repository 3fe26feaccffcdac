import {
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { runsPrefix, type BucketPlace } from '../core/run/bucket-keys.js';
import type { RunStore } from '../core/run/ports.js';
import { jsonPieces } from '../core/text/json-pieces.js';
import { checkRunKey } from '../core/text/run-key.js';
import { bytesOf } from './s3-bytes-of.js';
import { needed } from './service-error.js';

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
    await this.putPieces(key, jsonPieces(key, value), 'application/json');
  }

  async putText(key: string, text: string, contentType: string): Promise<void> {
    await this.putPieces(key, [text], contentType);
  }

  async get(key: string): Promise<unknown> {
    return needed('s3:GetObject', `of ${this.location}${key}`, this.read(key)).catch(
      (error: unknown) => {
        if (!(error instanceof Error && error.cause instanceof NoSuchKey)) throw error;
        throw new Error(`the run at ${this.location} has no '${key}'`, { cause: error.cause });
      },
    );
  }

  async keys(prefix: string): Promise<string[]> {
    return needed('s3:ListBucket', `of ${this.location}${prefix}`, this.list(prefix));
  }

  private async putPieces(
    key: string,
    pieces: Iterable<string>,
    contentType: string,
  ): Promise<void> {
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key: this.prefix + checkRunKey(key),
      // As bytes: the SDK sums up and sends a text by two more copies of it.
      Body: bytesOf(pieces),
      ContentType: contentType,
    });
    await needed('s3:PutObject', `of ${this.location}${key}`, this.s3.send(request));
  }

  private async read(key: string): Promise<unknown> {
    const request = new GetObjectCommand({
      Bucket: this.bucket,
      Key: this.prefix + checkRunKey(key),
    });
    const { Body } = await this.s3.send(request);
    return JSON.parse((await Body?.transformToString()) ?? '');
  }

  private async list(prefix: string): Promise<string[]> {
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
