import { gunzipSync } from 'node:zlib';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3History } from '../../lib/adapters/s3-history.js';
import { anAudit } from '../support/a-record.js';
import { historyContract } from './history.contract.js';

let server: FauxqsServer;
let s3: S3Client;
let buckets = 0;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  s3 = new S3Client({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${server.port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

afterAll(async () => {
  s3.destroy();
  await server.stop();
});

function newBucket(): string {
  buckets += 1;
  const bucket = `shelf-${buckets}`;
  server.createBucket(bucket);
  return bucket;
}

async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

async function textOf(bucket: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
}

historyContract('S3History', () => {
  const bucket = newBucket();
  return Promise.resolve({
    recorder: new S3History(s3, bucket, '111122223333'),
    async files() {
      const keys = await keysOf(bucket);
      const texts = await Promise.all(keys.map((key) => textOf(bucket, key)));
      return Object.fromEntries(keys.map((key, at) => [key, texts[at] ?? '']));
    },
  });
});

describe('S3History', () => {
  it('calls the file what it is, so that nothing unpacks it on the way', async () => {
    const bucket = newBucket();
    await new S3History(s3, bucket, '111122223333').record(anAudit());
    const [Key] = await keysOf(bucket);
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(head.ContentType).toBe('application/gzip');
    expect(head.ContentEncoding).toBeUndefined();
  });

  it('fails where the bucket is not there', async () => {
    await expect(new S3History(s3, 'nowhere', '1').record(anAudit())).rejects.toThrow(
      'bucket does not exist',
    );
  });
});
