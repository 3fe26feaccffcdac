import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListClustersCommand } from '@aws-sdk/client-eks';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsClients, type AwsClients } from '../../lib/adapters/aws-clients.js';
import { failureOf } from '../../lib/adapters/service-error.js';
import { requestHandler, timeLimits } from '../../lib/adapters/time-limits.js';
import { refusal, startFaultyAccount, type FaultyAccount } from '../support/faulty-account.js';

describe('the limits of time', () => {
  it('are 5 s to connect, 30 s for a request and 40 s for a call', () => {
    expect(timeLimits()).toEqual({ connect: 5, request: 30, call: 40 });
  });

  it('go with the limit for requests', () => {
    expect(timeLimits(60)).toEqual({ connect: 10, request: 60, call: 80 });
  });

  it('end what hangs, and do not only warn of it', () => {
    expect(requestHandler(timeLimits())).toEqual({
      connectionTimeout: 5_000,
      requestTimeout: 30_000,
      socketTimeout: 30_000,
      throwOnRequestTimeout: true,
    });
  });
});

describe('a call', () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  let account: FaultyAccount;
  let clients: AwsClients;
  /** With the limits that hold where nobody chooses. */
  let patient: AwsClients;

  beforeEach(async () => {
    account = await startFaultyAccount('http://127.0.0.1:1');
    const { endpoint } = account;
    const options = { version: '0', region: 'eu-west-1', endpoint, credentials };
    patient = awsClients(options);
    clients = awsClients({ ...options, requestSeconds: 0.3 });
  });

  afterEach(async () => {
    clients.destroy();
    patient.destroy();
    await account.stop();
  });

  const list = () => clients.eks.send(new ListClustersCommand({}));
  const reasonOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return failureOf('eks:ListClusters', error).reason;
  };

  it('that is never answered ends as timed out', async () => {
    account.fault = () => 'hang';
    expect(await reasonOf(list())).toBe('timed-out');
    expect(await reasonOf(clients.ec2.send(new DescribeInstancesCommand({})))).toBe('timed-out');
  });

  it('whose answer stops half way ends as well, also where it is read later', async () => {
    account.fault = () => 'half';
    await expect(list()).rejects.toThrow();
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    await expect(Body?.transformToString()).rejects.toThrow();
  });

  it('that is throttled for ever ends as throttled, though its time is up', async () => {
    account.fault = () => refusal('ThrottlingException', 'Rate exceeded', 429);
    expect(await reasonOf(list())).toBe('throttled');
    expect(account.asked.get('GET /clusters')).toBeLessThan(8);
  });

  it('that is answered is not cut, however often it is tried', async () => {
    let left = 1;
    account.fault = () =>
      (left -= 1) >= 0
        ? refusal('ThrottlingException', 'Rate exceeded', 429)
        : { status: 200, body: '{"clusters":["a"]}' };
    expect((await patient.eks.send(new ListClustersCommand({}))).clusters).toEqual(['a']);
  });

  it('ends when its caller gives up, and says that it was ended', async () => {
    const caller = new AbortController();
    account.fault = () => {
      caller.abort();
      return 'hang';
    };
    const { signal: abortSignal } = caller;
    await expect(
      patient.eks.send(new ListClustersCommand({}), { abortSignal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends at once where its caller gave up before it began, whatever it would wait for', async () => {
    clients.eks.config.credentials = () => new Promise<never>(() => undefined);
    const abortSignal = AbortSignal.abort();
    await expect(
      clients.eks.send(new ListClustersCommand({}), { abortSignal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('waits no longer for credentials than for an answer', async () => {
    const never = () => new Promise<never>(() => undefined);
    clients.eks.config.credentials = never;
    expect(await reasonOf(list())).toBe('timed-out');
    // Nor does it where its caller would wait longer.
    const { signal: abortSignal } = new AbortController();
    const patiently = clients.eks.send(new ListClustersCommand({}), { abortSignal });
    expect(await reasonOf(patiently)).toBe('timed-out');
  });
});
