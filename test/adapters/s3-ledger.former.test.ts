import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3Ledger } from '../../lib/adapters/s3-ledger.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { lookUpIn } from '../support/look-up.js';
import { clientConfig } from '../support/simulated-account.js';

const account = '111122223333';

let simulator: Simulator;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  s3 = new S3Client({ ...clientConfig(simulator), forcePathStyle: true });
});

afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

/** A bucket with a ledger from the time before keys had an account, and the ledger that opens there. */
async function inherited(region: string, text: string) {
  const { bucketName: bucket } = simulator;
  const former = `ledger/${region}.json`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: former, Body: text }));
  const open = () => new S3Ledger(s3, { bucket, account, region });
  const at = (key: string) => lookUpIn(s3, bucket)(`s3://${bucket}/${key}`);
  return {
    open,
    former: () => at(former),
    now: () => at(`ledger/${account}/${region}/ledger.json`),
  };
}

describe('a ledger at the key that has no account', () => {
  it('is read where there is no other, and carried over by the first write', async () => {
    const { open, former, now } = await inherited('eu-west-1', 'before');
    const ledger = open();
    const stored = await ledger.read();
    expect(stored?.text).toBe('before');
    expect(await ledger.write('after', stored?.version)).toBe('written');
    expect((await open().read())?.text).toBe('after');
    expect(await now()).toBe('after');
    expect(await former()).toBe('before');
  });

  it('is carried over once, though two audits read it', async () => {
    const { open, now } = await inherited('eu-west-2', 'before');
    const [mine, theirs] = [open(), open()];
    const versions = await Promise.all([mine.read(), theirs.read()]);
    expect(await theirs.write('theirs', versions[1]?.version)).toBe('written');
    expect(await mine.write('mine', versions[0]?.version)).toBe('conflict');
    expect(await now()).toBe('theirs');
  });

  it('is read no more where there is another, whatever is written to it', async () => {
    const { open } = await inherited('eu-west-3', 'before');
    const ledger = open();
    await ledger.write('one', (await ledger.read())?.version);
    await inherited('eu-west-3', 'an older program wrote this');
    const stored = await ledger.read();
    expect(stored?.text).toBe('one');
    expect(await ledger.write('two', stored?.version)).toBe('written');
  });

  it('is not of another Region', async () => {
    await inherited('us-west-1', 'before');
    const place = { bucket: simulator.bucketName, account, region: 'us-west-2' };
    expect(await new S3Ledger(s3, place).read()).toBeUndefined();
  });

  it('is not taken in a bucket of another account, whose it may be', async () => {
    const client = new S3Client({ region: 'eu-west-1' });
    const mock = mockClient(client);
    const answers = (name: string) =>
      new S3ServiceException({ name, $fault: 'client', $metadata: {} });
    mock.on(GetObjectCommand).rejects(answers('NoSuchKey'));
    mock.on(GetObjectCommand, { ExpectedBucketOwner: account }).rejects(answers('AccessDenied'));
    const ledger = new S3Ledger(client, { bucket: 'shelf', account, region: 'eu-west-1' });
    expect(await ledger.read()).toBeUndefined();
    const asked = mock.commandCalls(GetObjectCommand).map((call) => call.args[0].input);
    expect(asked).toEqual([
      { Bucket: 'shelf', Key: `ledger/${account}/eu-west-1/ledger.json` },
      { Bucket: 'shelf', Key: 'ledger/eu-west-1.json', ExpectedBucketOwner: account },
    ]);
  });
});
