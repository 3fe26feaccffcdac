import {
  DescribeInstanceInformationCommand,
  paginateDescribeInstanceInformation,
  type DescribeInstanceInformationCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

const online = Array.from({ length: 51 }, (_, index) => aSimulatedNode(100 + index));
let simulator: Simulator;
let ssm: SSMClient;

beforeAll(async () => {
  const fleet = aSimulatedFleet([
    ...online,
    aSimulatedNode(1, { registration: 'connection-lost' }),
    aSimulatedNode(2, { registration: 'missing' }),
    aSimulatedNode(3, { registration: 'refused', platform: 'windows' }),
    aSimulatedNode(4, { state: 'stopped' }),
  ]);
  simulator = await startSimulator({ fleet });
  ssm = new SSMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

async function list(input: DescribeInstanceInformationCommandInput) {
  const answer = await ssm.send(new DescribeInstanceInformationCommand(input));
  return answer.InstanceInformationList ?? [];
}

describe('DescribeInstanceInformation of the simulated account', () => {
  it('lists registered, running instances in pages of 50', async () => {
    const sizes: number[] = [];
    for await (const page of paginateDescribeInstanceInformation({ client: ssm }, {})) {
      sizes.push(page.InstanceInformationList?.length ?? 0);
    }
    expect(sizes).toEqual([50, 3]);
  });

  it.each([
    { Key: 'PingStatus', Values: ['ConnectionLost'], wanted: [anInstanceId(1)] },
    { Key: 'PlatformTypes', Values: ['Windows'], wanted: [anInstanceId(3)] },
    { Key: 'InstanceIds', Values: [anInstanceId(101)], wanted: [anInstanceId(101)] },
  ])('filters by $Key', async ({ wanted, ...filter }) => {
    const found = await list({ Filters: [filter] });
    expect(found.map(({ InstanceId }) => InstanceId)).toEqual(wanted);
  });

  it('tells what it knows of a node', async () => {
    const [node] = await list({ Filters: [{ Key: 'InstanceIds', Values: [anInstanceId(100)] }] });
    expect(node).toMatchObject({
      PingStatus: 'Online',
      PlatformType: 'Linux',
      PlatformName: 'Amazon Linux',
      PlatformVersion: '2023',
      ResourceType: 'EC2Instance',
    });
  });

  it.each([2, 4, 999])(
    'refuses to filter by instance %i, which it does not know',
    async (number) => {
      const filter = { Key: 'InstanceIds', Values: [anInstanceId(number)] };
      await expect(list({ Filters: [filter] })).rejects.toMatchObject({
        name: 'InvalidInstanceId',
      });
    },
  );

  it('refuses a filter that it does not have', async () => {
    await expect(list({ Filters: [{ Key: 'Color', Values: ['x'] }] })).rejects.toMatchObject({
      name: 'InvalidFilterKey',
    });
  });

  it('takes page sizes from 5 to 50', async () => {
    expect(await list({ MaxResults: 5 })).toHaveLength(5);
    expect(await list({ MaxResults: 50 })).toHaveLength(50);
    for (const MaxResults of [4, 51]) {
      await expect(list({ MaxResults })).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  it('refuses a token that it did not give', async () => {
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });
});
