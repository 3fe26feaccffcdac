import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Moto } from './moto.js';

/** A bucket as its owner sees it. */
export class Bucket {
  private readonly s3: S3Client;

  constructor(
    access: Moto['access'],
    readonly name: string,
  ) {
    this.s3 = new S3Client({ ...access, forcePathStyle: true });
  }

  async put(Key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.name, Key, Body }));
  }

  async text(Key: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.name, Key }));
    return (await Body?.transformToString()) ?? '';
  }

  async keys(Prefix: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2({ client: this.s3 }, { Bucket: this.name, Prefix });
    for await (const { Contents: found = [] } of pages) {
      keys.push(...found.map(({ Key = '' }) => Key));
    }
    return keys;
  }

  /** All that a run left, as one text. */
  async run(runId: string): Promise<string> {
    const keys = (await this.keys('runs/')).filter((key) => key.includes(`${runId}/`));
    return (await Promise.all(keys.map((key) => this.text(key)))).join('\n');
  }

  destroy(): void {
    this.s3.destroy();
  }
}
