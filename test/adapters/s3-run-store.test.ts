import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { runStoreContract } from './run-store.contract.js';

let server: FauxqsServer;
let s3: S3Client;
let runs = 0;

const place = { bucket: 'shelf', account: '111122223333', region: 'eu-west-1' };
const at = 'runs/111122223333/eu-west-1';

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('shelf');
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

runStoreContract('S3RunStore', () => {
  runs += 1;
  return Promise.resolve(new S3RunStore(s3, place, `run-${runs}`));
});

describe('S3RunStore', () => {
  it('keeps JSON under the run of its name', async () => {
    const store = new S3RunStore(s3, place, 'run-a');
    expect(store.location).toBe(`s3://shelf/${at}/run-a/`);
    await store.put('fleet.json', {});
    const request = new HeadObjectCommand({ Bucket: 'shelf', Key: `${at}/run-a/fleet.json` });
    expect((await s3.send(request)).ContentType).toBe('application/json');
  });

  it('tells a browser what a text is', async () => {
    await new S3RunStore(s3, place, 'run-p').putText('report.html', '<p>', 'text/html');
    const request = new HeadObjectCommand({ Bucket: 'shelf', Key: `${at}/run-p/report.html` });
    expect((await s3.send(request)).ContentType).toBe('text/html');
  });

  it('does not see another run whose name begins alike', async () => {
    await new S3RunStore(s3, place, 'run-b').put('fleet.json', {});
    expect(await new S3RunStore(s3, place, 'run-').keys('')).toEqual([]);
  });

  it('does not see the same run of another account or Region', async () => {
    await new S3RunStore(s3, place, 'run-c').put('fleet.json', {});
    for (const other of [{ account: '444455556666' }, { region: 'us-east-1' }]) {
      expect(await new S3RunStore(s3, { ...place, ...other }, 'run-c').keys('')).toEqual([]);
    }
  });

  it('fails when the name of the run would leave the runs', () => {
    expect(() => new S3RunStore(s3, place, '../ledger')).toThrow('../ledger');
  });

  it('fails with the error of S3 when it is not about the key', async () => {
    const store = new S3RunStore(s3, { ...place, bucket: 'nowhere' }, 'run-a');
    await expect(store.get('fleet.json')).rejects.toThrow('bucket does not exist');
  });

  it('follows the pages of the list', async () => {
    const client = new S3Client({ region: 'eu-west-1' });
    const mock = mockClient(client);
    mock.on(ListObjectsV2Command).resolves({
      Contents: [{ Key: `${at}/r/b` }],
      IsTruncated: true,
      NextContinuationToken: 't',
    });
    mock
      .on(ListObjectsV2Command, { ContinuationToken: 't' })
      .resolves({ Contents: [{ Key: `${at}/r/a` }], IsTruncated: false });
    expect(await new S3RunStore(client, place, 'r').keys('')).toEqual(['a', 'b']);
  });
});
