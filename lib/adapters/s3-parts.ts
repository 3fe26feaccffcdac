import {
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import type { UnreadRecord } from '../core/organization/organization-digest.js';
import {
  PART_FILE,
  partKey,
  PARTS_PREFIX,
  readPartRecord,
} from '../core/organization/part-file.js';
import type { PartRecord } from '../core/organization/part.js';
import type { Recorder, RunStore } from '../core/run/ports.js';
import { needed } from './service-error.js';

/** How many records are read at a time: a thousand take seconds then, and S3 bears far more. */
const READERS = 32;

/** Leaves the newest record of one account and Region in the bucket of its hub. */
export class S3Part implements Recorder {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    /** Has the record of this run. */
    private readonly store: RunStore,
  ) {}

  async record(): Promise<void> {
    const part = (await this.store.get(PART_FILE)) as PartRecord;
    const Key = partKey({ account: part.account.id, region: part.region });
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key,
      Body: JSON.stringify(part),
      ContentType: 'application/json',
    });
    await needed('s3:PutObject', `of s3://${this.bucket}/${Key}`, this.s3.send(request));
  }
}

/** The newest record of each account and Region in the bucket of a hub. */
export class S3Parts {
  /** Where they are. */
  readonly location: string;

  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {
    this.location = `s3://${bucket}/${PARTS_PREFIX}`;
  }

  /** All of them. One that cannot be read is data: the others are told, and so is why. */
  async readAll(): Promise<{ records: PartRecord[]; unread: UnreadRecord[] }> {
    const keys = await needed('s3:ListBucket', `of ${this.location}`, this.keys());
    const read = await pMap(keys, (key) => this.read(key), { concurrency: READERS });
    return {
      records: read.flatMap((one) => ('why' in one ? [] : [one])),
      unread: read.flatMap((one) => ('why' in one ? [one] : [])),
    };
  }

  private async read(key: string): Promise<PartRecord | UnreadRecord> {
    try {
      const request = new GetObjectCommand({ Bucket: this.bucket, Key: key });
      const { Body } = await this.s3.send(request);
      return readPartRecord((await Body?.transformToString()) ?? '', key);
    } catch (error) {
      return { key, why: error instanceof Error ? error.message : String(error) };
    }
  }

  private async keys(): Promise<string[]> {
    const keys: string[] = [];
    const asked = { Bucket: this.bucket, Prefix: PARTS_PREFIX };
    for await (const { Contents: found = [] } of paginateListObjectsV2(
      { client: this.s3 },
      asked,
    )) {
      keys.push(...found.flatMap(({ Key }) => Key ?? []));
    }
    return keys;
  }
}
