import {
  DescribeInstanceInformationCommand,
  InvalidInstanceId,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { SsmProbe } from '../../lib/adapters/ssm-probe.js';

const ssm = mockClient(SSMClient);
const options = { documentName: 'conntrack-probe', isAnswer: () => true };
const aProbe = () => new SsmProbe(new SSMClient({ region: 'eu-west-1' }), options);

beforeEach(() => ssm.reset());

describe('SsmProbe.reachability, of some instances', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`);
  const online = {
    InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' as const }],
  };
  const refused = (message: string) => new InvalidInstanceId({ message, $metadata: {} });
  const asked = () =>
    ssm
      .commandCalls(DescribeInstanceInformationCommand)
      .map((call) => call.args[0].input.Filters?.[0]?.Values?.length);

  it.each([
    { count: 50, calls: [50] },
    { count: 51, calls: [50, 1] },
    { count: 0, calls: [] },
  ])('asks about $count of them by their ids, fifty in a call', async ({ count, calls }) => {
    ssm.on(DescribeInstanceInformationCommand).resolves(online);
    await aProbe().reachability(ids(count));
    expect(asked()).toEqual(calls);
  });

  it('does not know those that Systems Manager refuses by name, and asks about the others again', async () => {
    ssm
      .on(DescribeInstanceInformationCommand)
      .rejectsOnce(refused('Instances [[i-0, i-2]] not in a valid state'))
      .resolves(online);
    expect(await aProbe().reachability(ids(3))).toEqual({
      nodes: [{ instanceId: 'i-1', online: true }],
    });
    expect(asked()).toEqual([3, 1]);
  });

  it('lists all that it knows where it refuses without a name', async () => {
    ssm
      .on(DescribeInstanceInformationCommand)
      .rejectsOnce(refused('An instance is not valid'))
      .resolves(online);
    expect(await aProbe().reachability(ids(3))).toEqual({
      nodes: [{ instanceId: 'i-1', online: true }],
    });
    expect(asked()).toEqual([3, undefined]);
  });

  it('has a gap where it does not answer', async () => {
    ssm.on(DescribeInstanceInformationCommand).rejects(new Error('socket hang up'));
    expect((await aProbe().reachability(ids(3))).gaps).toMatchObject([{ reason: 'failed' }]);
  });
});
