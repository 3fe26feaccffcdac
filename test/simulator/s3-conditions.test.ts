import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { clientConfig } from '../support/simulated-account.js';

let simulator: Simulator;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  s3 = new S3Client(clientConfig(simulator));
});
afterAll(() => simulator.stop());

function put(Key: string, Body: string | Uint8Array, change: Partial<PutObjectCommandInput> = {}) {
  return s3.send(new PutObjectCommand({ Bucket: simulator.bucketName, Key, Body, ...change }));
}

async function get(Key: string): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: simulator.bucketName, Key }));
  return Body?.transformToString();
}

describe('S3 of the simulated account', () => {
  it('keeps objects and lists them by prefix', async () => {
    await put('runs/1/ä b.json', '{"a":1}');
    expect(await get('runs/1/ä b.json')).toBe('{"a":1}');
    const query = { Bucket: simulator.bucketName, Prefix: 'runs/1/' };
    const { Contents } = await s3.send(new ListObjectsV2Command(query));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['runs/1/ä b.json']);
  });

  it('passes large objects through unchanged', async () => {
    const body = 'x'.repeat(5_000_000);
    await put('large', body);
    expect(await get('large')).toBe(body);
  });

  it('refuses an object that is too large for it', async () => {
    const body = Buffer.alloc(12 * 1024 * 1024);
    await expect(put('too-large', body)).rejects.toMatchObject({ name: 'EntityTooLarge' });
  });

  it('creates an object only where there is none', async () => {
    await put('ledger/new', 'first', { IfNoneMatch: '*' });
    await expect(put('ledger/new', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await get('ledger/new')).toBe('first');
  });

  it('replaces an object only while it is the one that was read', async () => {
    const { ETag: first } = await put('ledger/state', 'first');
    await put('ledger/state', 'second', { IfMatch: first });
    await expect(put('ledger/state', 'third', { IfMatch: first })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await get('ledger/state')).toBe('second');
  });

  it('replaces no object that is not there', async () => {
    await expect(put('ledger/none', 'x', { IfMatch: '"0"' })).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  it('lets one of two win who create the same object at once', async () => {
    const both = ['one', 'other'].map((body) => put('ledger/race', body, { IfNoneMatch: '*' }));
    const results = await Promise.allSettled(both);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('has no object that was not put', async () => {
    await expect(get('nobody')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
