import { DescribeInstancesCommand, EC2Client, type Instance } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Nodes } from '../../lib/adapters/ec2-nodes.js';

const ec2 = mockClient(EC2Client);
const nodesAmong = (
  others: readonly string[],
  tagKeys: readonly string[],
  clusters: readonly string[],
) => new Ec2Nodes(new EC2Client({ region: 'eu-west-1' }), tagKeys).nodes({ clusters, others });
/** The second filter of each list that was asked for. */
const asked = () =>
  ec2.commandCalls(DescribeInstancesCommand).map((call) => call.args[0].input.Filters?.[1]);

function anInstance(tags: Record<string, string>): Instance {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { InstanceId: 'i-1', InstanceType: 't3.large', Tags };
}

beforeEach(() => ec2.reset());

describe('the lists of instances that Ec2Nodes asks for', () => {
  it.each([
    { count: 197, keys: [], last: 'kubernetes.io/cluster/c-196' },
    { count: 198, keys: [], last: 'kubernetes.io/cluster/*' },
    { count: 196, keys: ['team/cluster'], last: 'kubernetes.io/cluster/c-195' },
    { count: 197, keys: ['team/cluster'], last: 'kubernetes.io/cluster/*' },
    { count: 1_000, keys: [], last: 'kubernetes.io/cluster/*' },
  ])('lists the Region once for $count clusters and the keys $keys', async (one) => {
    const { count, keys, last } = one;
    const tags = { 'kubernetes.io/cluster/c-7': 'owned' };
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [
        { Instances: [anInstance(tags), anInstance({ 'kubernetes.io/cluster/other': 'owned' })] },
      ],
    });
    const clusters = Array.from({ length: count }, (_, at) => `c-${at}`);
    expect(await nodesAmong([], keys, clusters)).toMatchObject([{ cluster: 'c-7' }]);
    expect(asked().map((filter) => filter?.Values?.at(-1))).toEqual([last]);
    expect(asked()[0]?.Values?.length).toBeLessThanOrEqual(200);
  });

  it('asks for the nodes of one cluster of many by its tags alone, and counts a node once', async () => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [{ Instances: [anInstance({ 'aws:eks:cluster-name': 'c-0' })] }],
    });
    expect(await nodesAmong(['c-1', 'c-2'], ['team/cluster'], ['c-0'])).toHaveLength(1);
    expect(asked()).toEqual([
      { Name: 'tag:aws:eks:cluster-name', Values: ['c-0'] },
      { Name: 'tag:eks:cluster-name', Values: ['c-0'] },
      { Name: 'tag:eks:eks-cluster-name', Values: ['c-0'] },
      { Name: 'tag:team/cluster', Values: ['c-0'] },
      { Name: 'tag-key', Values: ['kubernetes.io/cluster/c-0'] },
    ]);
  });

  it('lists the Region where nearly every cluster is wanted', async () => {
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    await nodesAmong(['c-1'], [], ['c-0']);
    expect(asked().map((filter) => filter?.Name)).toEqual(['tag-key']);
  });
});
