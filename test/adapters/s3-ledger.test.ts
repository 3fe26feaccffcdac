import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Ledger } from '../../lib/adapters/s3-ledger.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { clientConfig } from '../support/simulated-account.js';
import { ledgerStoreContract } from './ledger-store.contract.js';
import { lookUpIn } from '../support/look-up.js';

let simulator: Simulator;
let s3: S3Client;
let regions = 0;

const ACCOUNT = '111122223333';
const placeIn = (region: string) => ({ bucket: simulator.bucketName, account: ACCOUNT, region });

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  s3 = new S3Client({ ...clientConfig(simulator), forcePathStyle: true });
});

afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

ledgerStoreContract('S3Ledger', () => {
  regions += 1;
  const open = () => new S3Ledger(s3, placeIn(`region-${regions}`));
  const another = open;
  return Promise.resolve({ store: open(), another, lookUp: lookUpIn(s3, simulator.bucketName) });
});

describe('S3Ledger', () => {
  it('keeps JSON under the names of account and Region, and sets aside beside it', async () => {
    const store = new S3Ledger(s3, placeIn('eu-west-1'));
    await store.write('{}', undefined);
    const request = {
      Bucket: simulator.bucketName,
      Key: `ledger/${ACCOUNT}/eu-west-1/ledger.json`,
    };
    expect((await s3.send(new HeadObjectCommand(request))).ContentType).toBe('application/json');
    expect(await store.setAside('damaged.json', '')).toBe(
      `s3://${simulator.bucketName}/ledger/${ACCOUNT}/eu-west-1/set-aside/damaged.json`,
    );
  });

  it('does not see the ledger of another Region or account', async () => {
    await new S3Ledger(s3, placeIn('us-east-1')).write('{}', undefined);
    expect(await new S3Ledger(s3, placeIn('us-east-2')).read()).toBeUndefined();
    const other = { ...placeIn('us-east-1'), account: '444455556666' };
    expect(await new S3Ledger(s3, other).read()).toBeUndefined();
  });

  it('fails when the name of the Region would leave the ledgers', () => {
    expect(() => new S3Ledger(s3, placeIn('../runs/1'))).toThrow('../runs/1');
  });

  it('fails when there is no such bucket: nothing was read, and nothing can be kept', async () => {
    const store = new S3Ledger(s3, { ...placeIn('eu-west-1'), bucket: 'nowhere' });
    await expect(store.read()).rejects.toThrow('bucket does not exist');
    await expect(store.write('{}', undefined)).rejects.toThrow('bucket does not exist');
    await expect(store.write('{}', '"1"')).rejects.toThrow('bucket does not exist');
  });
});

describe('S3Ledger, by what S3 answers', () => {
  const client = new S3Client({ region: 'eu-west-1' });
  const mock = mockClient(client);
  const store = new S3Ledger(client, { bucket: 'shelf', account: ACCOUNT, region: 'eu-west-1' });
  const answers = (name: string, httpStatusCode: number) =>
    new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });
  const denied = answers('AccessDenied', 403);

  beforeEach(() => mock.reset());

  it('puts on the condition that there is none, or that it still is the one that was read', async () => {
    mock.on(PutObjectCommand).resolves({});
    await store.write('{"é":1}', undefined);
    await store.write('{"é":1}', '"abc"');
    const inputs = mock.commandCalls(PutObjectCommand).map((call) => call.args[0].input);
    const object = {
      Bucket: 'shelf',
      Key: `ledger/${ACCOUNT}/eu-west-1/ledger.json`,
      Body: Buffer.from('{"é":1}'),
      ContentLength: 8,
      ContentType: 'application/json',
    };
    expect(inputs).toEqual([
      { ...object, IfNoneMatch: '*' },
      { ...object, IfMatch: '"abc"' },
    ]);
  });

  it('takes a ledger that S3 may not show for none: so it says of one that is not there', async () => {
    mock.on(GetObjectCommand).rejects(denied);
    expect(await store.read()).toBeUndefined();
  });

  it.each(['ExpiredToken', 'InvalidAccessKeyId'])(
    'fails as S3 does when it answers %s: that is about who asks',
    async (name) => {
      mock.on(GetObjectCommand).rejects(answers(name, 403));
      await expect(store.read()).rejects.toMatchObject({ name });
    },
  );

  it.each(['NoSuchBucket', 'SlowDown'])(
    'fails when S3 answers %s: that says nothing of the ledger',
    async (name) => {
      mock.on(GetObjectCommand).rejects(answers(name, 403));
      await expect(store.read()).rejects.toMatchObject({
        message: expect.stringContaining('s3:GetObject of s3://shelf/ledger/') as string,
        cause: { name },
      });
    },
  );

  it('fails when a ledger that may not be read turns out to be there', async () => {
    mock.on(GetObjectCommand).rejects(denied);
    mock.on(PutObjectCommand).rejects(answers('PreconditionFailed', 412));
    await expect(store.write('{}', undefined)).rejects.toThrow(
      'there is a ledger at s3://shelf/ledger/111122223333/eu-west-1/ledger.json, and it may not be read: the role needs s3:GetObject',
    );
  });

  it.each([
    ['ConditionalRequestConflict', 409],
    ['NoSuchKey', 404],
  ])('has a conflict when S3 answers a put by %s, whatever may be read', async (name, status) => {
    mock.on(GetObjectCommand).rejects(denied);
    mock.on(PutObjectCommand).rejects(answers(name, status));
    expect(await store.write('{}', '"abc"')).toBe('conflict');
  });

  it.each([denied, answers('NoSuchBucket', 404), answers('SlowDown', 503)])(
    'fails when a put is refused for another reason: $name',
    async (error) => {
      mock.on(PutObjectCommand).rejects(error);
      await expect(store.write('{}', undefined)).rejects.toMatchObject({
        message: expect.stringContaining('s3:PutObject of s3://shelf/ledger/') as string,
        cause: error,
      });
      expect(mock.commandCalls(GetObjectCommand)).toHaveLength(0);
    },
  );

  it('fails when the connection breaks', async () => {
    mock.on(PutObjectCommand).rejects(new Error('socket hang up'));
    await expect(store.write('{}', undefined)).rejects.toThrow('socket hang up');
  });

  it('fails when an object comes without the ETag that the next put needs', async () => {
    mock.on(GetObjectCommand).resolves({});
    await expect(store.read()).rejects.toThrow(
      's3://shelf/ledger/111122223333/eu-west-1/ledger.json failed: the answer has no ETag',
    );
  });
});
