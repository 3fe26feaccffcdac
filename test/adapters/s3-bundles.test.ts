import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BundleAddresses } from '../../lib/adapters/bundle-addresses.js';
import { S3Bundles } from '../../lib/adapters/s3-bundles.js';
import { bundleKey, nodeOfBundle } from '../../lib/core/run/bucket-keys.js';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { clientConfig } from '../support/simulated-account.js';

/** Two nodes of EKS Auto Mode of the simulated account. */
const [one, other] = ['i-0164200330045a19d', 'i-03a3cf040789c71c0'] as const;
const place = { account: '000000000000', region: 'us-east-1' };
const now = new Date();
const later = (seconds: number) => () => new Date(Date.now() + seconds * 1_000);

let simulator: Simulator;
let s3: S3Client;
let ofOne: Buffer;
let put: (instanceId: string, at: string, body: Uint8Array) => Promise<string>;

beforeAll(async () => {
  simulator = await startSimulator();
  ofOne = await simulator.bundleOf(one);
  s3 = new S3Client({ ...clientConfig(simulator), forcePathStyle: true });
  const addresses = new BundleAddresses(s3, { bucket: simulator.bucketName, ...place });
  put = async (instanceId, at, body) => {
    const address = await addresses.address(instanceId, at, 600);
    expect((await fetch(address, { method: 'PUT', body: body.slice() })).status).toBe(200);
    return bundleKey(place, instanceId, at);
  };
});

afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

const source = (time: () => Date = () => now) =>
  new S3Bundles(s3, { bucket: simulator.bucketName, ...place }, time);

describe('bundles in the bucket of the runs', () => {
  it('are put there through an address, and read as the node said it', async () => {
    await put(one, '20261127T080000Z', ofOne);
    const names = [bundleKey(place, one, '20261127T080000Z')];
    expect(await source().list(new Set([one, other]))).toEqual({ names });
    const { readings, gaps } = await source().read(names);
    expect(gaps).toBeUndefined();
    expect(readings[0]).toMatchObject({ instanceId: one, name: names[0], notes: [] });
    const facts = parseAnswer(readings[0]?.text ?? '');
    expect(facts).toMatchObject({
      table: { entries: 126_500, max: 131_072 },
      bundle: { collector: 'node-monitoring-agent' },
      os: { id: 'bottlerocket' },
      kubeProxy: { version: '1.35.0', source: 'node' },
      network: { host: true },
    });
    // More than the 50,000 that are counted: a sample, as the probe's is.
    expect(facts?.makeup).toMatchObject({ listed: 50_000, whole: false });
  });

  it('count for a day, the newest of each node, and of nodes that cannot be asked alone', async () => {
    const names = [await put(one, '20261127T090000Z', ofOne)];
    const wanted = new Set([one]);
    expect(await source().list(wanted)).toEqual({ names });
    expect(await source(later(86_000)).list(wanted)).toEqual({ names });
    expect(await source(later(86_500)).list(wanted)).toEqual({ names: [] });
    expect(await source().list(new Set([other]))).toEqual({ names: [] });
    expect(await source().list(new Set())).toEqual({ names: [] });
  });

  it('that are broken, or of another node, are gaps', async () => {
    const broken = await put(other, '20261127T080000Z', Buffer.from('no archive'));
    const strange = await put(other, '20261127T090000Z', ofOne);
    const { readings, gaps = [] } = await source().read([broken, strange]);
    expect(readings).toEqual([]);
    expect(gaps.map(({ detail }) => detail)).toEqual([
      'is no tar archive',
      `is of ${one}, and lies where those of ${other} do`,
    ]);
  });

  it('are a gap where the bucket does not tell them', async () => {
    const elsewhere = new S3Bundles(s3, { bucket: 'no-such-bucket', ...place }, () => now);
    const { names, gaps = [] } = await elsewhere.list(new Set([one]));
    expect(names).toEqual([]);
    expect(gaps[0]).toMatchObject({ operation: 's3:ListBucket', reason: 'failed' });
  });
});

describe('the key of a bundle', () => {
  it.each([
    [
      'bundles/000000000000/us-east-1/i-0123456789abcdef0/20261127T080000Z.tar.gz',
      'i-0123456789abcdef0',
    ],
    ['bundles/000000000000/us-east-1/i-0123456789abcdef0/x/y.tar.gz', undefined],
    ['bundles/000000000001/us-east-1/i-0123456789abcdef0/20261127T080000Z.tar.gz', undefined],
    ['bundles/000000000000/us-east-1/host/20261127T080000Z.tar.gz', undefined],
    ['runs/000000000000/us-east-1/i-0123456789abcdef0/20261127T080000Z.tar.gz', undefined],
  ])('%s is of %s', (key, node) => {
    expect(nodeOfBundle(place, key)).toBe(node);
  });
});
