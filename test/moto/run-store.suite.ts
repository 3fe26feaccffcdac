import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { runStoreContract } from '../adapters/run-store.contract.js';

const clients = awsClients({
  version: 'test',
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const place = { bucket: 'shelf', account: '123456789012', region: 'us-east-1' };
let runs = 0;

beforeAll(async () => {
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'shelf' }));
});

afterAll(() => {
  clients.destroy();
});

runStoreContract('S3RunStore on moto', () => {
  runs += 1;
  return Promise.resolve(new S3RunStore(clients.s3, place, `run-${runs}`));
});

describe('S3RunStore on moto', () => {
  it('lists more keys than one page of S3 holds', async () => {
    const store = new S3RunStore(clients.s3, place, 'large');
    for (let page = 0; page < 11; page += 1) {
      const keys = Array.from({ length: 100 }, (_, at) => `${page}/${at}.json`);
      await Promise.all(keys.map((key) => store.put(key, key)));
    }
    expect(await store.keys('')).toHaveLength(1_100);
  });
});
