import {
  DescribeInstancesCommand,
  DescribeVpcsCommand,
  paginateDescribeInstances,
  type DescribeInstancesCommandInput,
  type Instance,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

const oddTags = { Name: 'a <b> & "c"', 'kubernetes.io/cluster/odd': 'owned' };
const nodes = [
  aSimulatedNode(1),
  aSimulatedNode(2, { instanceType: 't3.large', tags: oddTags }),
  aSimulatedNode(3, { state: 'stopped' }),
  aSimulatedNode(4, { platform: 'windows' }),
  aSimulatedNode(5, { operator: 'eks.amazonaws.com', tags: { 'eks:eks-cluster-name': 'test' } }),
  aSimulatedNode(6, { tcpEstablishedSeconds: 3_600 }),
  ...[7, 8, 9, 10, 11, 12].map((number) => aSimulatedNode(number)),
];
let simulator: Simulator;
let ec2: EC2Client;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet(nodes) });
  ec2 = new EC2Client(clientConfig(simulator));
});
afterAll(() => simulator.stop());

async function instances(input: DescribeInstancesCommandInput): Promise<Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand(input));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

async function numbers(...Filters: { Name: string; Values: string[] }[]): Promise<number[]> {
  const found = await instances({ Filters, IncludeManagedResources: true });
  return found.map(({ InstanceId = '' }) => Number(`0x${InstanceId.slice(2)}`));
}

describe('DescribeInstances of the simulated account', () => {
  it('hides the instances that a service manages, unless it is asked for them', async () => {
    expect(await instances({})).toHaveLength(nodes.length - 1);
    const all = await instances({ IncludeManagedResources: true });
    expect(all).toHaveLength(nodes.length);
    const operators = all.flatMap(({ Operator }) => (Operator?.Managed === true ? [Operator] : []));
    expect(operators).toMatchObject([{ Principal: 'eks.amazonaws.com' }]);
  });

  it('gives what a node is and how it came to be', async () => {
    const [node] = await instances({ InstanceIds: [anInstanceId(2)] });
    expect(node).toMatchObject({
      InstanceId: anInstanceId(2),
      InstanceType: 't3.large',
      State: { Name: 'running' },
      Tags: [
        { Key: 'Name', Value: 'a <b> & "c"' },
        { Key: 'kubernetes.io/cluster/odd', Value: 'owned' },
      ],
    });
    expect(node?.Platform).toBeUndefined();
    const [windows] = await instances({ InstanceIds: [anInstanceId(4)] });
    expect(windows?.Platform).toBe('windows');
  });

  it.each([
    { number: 6, seconds: 3_600 },
    { number: 7, seconds: undefined },
  ])('tells of node $number that its interface keeps idle TCP $seconds s', async (expected) => {
    const [node] = await instances({ InstanceIds: [anInstanceId(expected.number)] });
    const interfaces = node?.NetworkInterfaces ?? [];
    expect(interfaces).toHaveLength(1);
    expect(interfaces[0]?.ConnectionTrackingConfiguration?.TcpEstablishedTimeout).toBe(
      expected.seconds,
    );
  });

  it.each([
    { Name: 'instance-state-name', Values: ['stopped'], wanted: [3] },
    { Name: 'tag:kubernetes.io/cluster/odd', Values: ['owned'], wanted: [2] },
    { Name: 'tag:kubernetes.io/cluster/odd', Values: ['shared'], wanted: [] },
    {
      Name: 'tag-key',
      Values: ['kubernetes.io/cluster/o*', 'eks:eks-cluster-name'],
      wanted: [2, 5],
    },
    { Name: 'tag-key', Values: ['kubernetes.io/cluster/od?'], wanted: [2] },
    { Name: 'tag-key', Values: ['kubernetes.io/cluster'], wanted: [] },
    { Name: 'tag:Name', Values: ['a <b>*'], wanted: [2] },
    { Name: 'instance-type', Values: ['t3.*', 't3xlarge'], wanted: [2] },
    { Name: 'platform', Values: ['windows'], wanted: [4] },
  ])('finds $wanted where $Name is one of $Values', async ({ wanted, ...filter }) => {
    expect(await numbers(filter)).toEqual(wanted);
  });

  it('wants every filter to hold', async () => {
    const stopped = { Name: 'instance-state-name', Values: ['stopped'] };
    expect(await numbers(stopped, { Name: 'tag-key', Values: ['eks:cluster-name'] })).toEqual([3]);
    expect(await numbers(stopped, { Name: 'instance-type', Values: ['t3.*'] })).toEqual([]);
  });

  it('refuses a filter that EC2 does not have', async () => {
    await expect(numbers({ Name: 'cluster', Values: ['x'] })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    });
  });

  it('gives pages of the size asked for', async () => {
    const sizes: number[] = [];
    for await (const page of paginateDescribeInstances({ client: ec2, pageSize: 5 }, {})) {
      sizes.push(page.Reservations?.length ?? 0);
    }
    expect(sizes).toEqual([5, 5, 1]);
  });

  it.each([5, 1_000])('takes a page size of %i', async (MaxResults) => {
    await expect(instances({ MaxResults })).resolves.not.toHaveLength(0);
  });

  it.each([4, 1_001])('refuses a page size of %i', async (MaxResults) => {
    await expect(instances({ MaxResults })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    });
  });

  it('refuses ids together with a page size', async () => {
    const both = { InstanceIds: [anInstanceId(1)], MaxResults: 5 };
    await expect(instances(both)).rejects.toMatchObject({ Code: 'InvalidParameterCombination' });
  });

  it.each([anInstanceId(99), anInstanceId(5)])('does not find %s', async (id) => {
    await expect(instances({ InstanceIds: [anInstanceId(1), id] })).rejects.toMatchObject({
      Code: 'InvalidInstanceID.NotFound',
      message: `The instance ID '${id}' does not exist`,
    });
  });

  it('has no other operation', async () => {
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      Code: 'InvalidAction',
    });
  });
});
