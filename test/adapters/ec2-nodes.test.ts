import { DescribeInstancesCommand, EC2Client, type Instance } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Nodes } from '../../lib/adapters/ec2-nodes.js';

const ec2 = mockClient(EC2Client);
const nodesOf = (...clusters: string[]) => nodesBy([], clusters);
const nodesBy = (tagKeys: readonly string[], clusters: readonly string[]) =>
  new Ec2Nodes(new EC2Client({ region: 'eu-west-1' }), tagKeys).nodes({ clusters });

function anInstance(tags: Record<string, string>, rest: Partial<Instance> = {}): Instance {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { InstanceId: 'i-1', InstanceType: 't3.large', Tags, ...rest };
}

/** The one node that EC2's answer of these instances becomes. */
async function nodeFrom(tags: Record<string, string>, rest: Partial<Instance> = {}) {
  ec2.on(DescribeInstancesCommand).resolves({
    Reservations: [{ Instances: [anInstance({ 'aws:eks:cluster-name': 'prod', ...tags }, rest)] }],
  });
  return (await nodesOf('prod'))[0];
}

beforeEach(() => ec2.reset());

describe('Ec2Nodes', () => {
  it('asks for running instances with a tag of a cluster, those that AWS manages too', async () => {
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    expect(await nodesOf('a', 'b')).toEqual([]);
    expect(ec2.commandCalls(DescribeInstancesCommand).map((call) => call.args[0].input)).toEqual([
      {
        IncludeManagedResources: true,
        MaxResults: 500,
        NextToken: undefined,
        Filters: [
          { Name: 'instance-state-name', Values: ['running'] },
          {
            Name: 'tag-key',
            Values: [
              'aws:eks:cluster-name',
              'eks:cluster-name',
              'eks:eks-cluster-name',
              'kubernetes.io/cluster/a',
              'kubernetes.io/cluster/b',
            ],
          },
        ],
      },
    ]);
  });

  it('asks nothing when there is no cluster', async () => {
    expect(await nodesOf()).toEqual([]);
    expect(ec2.calls()).toHaveLength(0);
  });

  it.each([
    [{ 'team/cluster': 'prod' }, 'prod'],
    [{ 'team/cluster': 'other' }, undefined],
    [{ 'team/cluster': 'true', 'kubernetes.io/cluster/prod': 'owned' }, 'prod'],
    [{ 'team/cluster': 'prod', 'eks:cluster-name': 'other' }, undefined],
    [{ 'team/cluster': 'prod', Name: 'bastion' }, 'prod'],
    [{ 'other/cluster': 'prod' }, undefined],
  ])('tells by a tag key of the user, from %j, the cluster %s', async (tags, expected) => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [{ Instances: [anInstance(tags)] }],
    });
    const [node] = await nodesBy(['team/cluster', 'eks:cluster-name'], ['prod']);
    expect(node?.cluster).toBe(expected);
    const filters = ec2.commandCalls(DescribeInstancesCommand)[0]?.args[0].input.Filters;
    expect(filters?.[1]?.Values).toEqual([
      'aws:eks:cluster-name',
      'eks:cluster-name',
      'eks:eks-cluster-name',
      'team/cluster',
      'kubernetes.io/cluster/prod',
    ]);
  });

  it('follows the pages and gives the nodes in the order of their ids', async () => {
    const inProd = { 'aws:eks:cluster-name': 'prod' };
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [{ Instances: [anInstance(inProd, { InstanceId: 'i-3' })] }],
      NextToken: 'more',
    });
    ec2.on(DescribeInstancesCommand, { NextToken: 'more' }).resolves({
      Reservations: [
        { Instances: [anInstance(inProd, { InstanceId: 'i-2' })] },
        { Instances: [anInstance(inProd, { InstanceId: 'i-1' })] },
      ],
    });
    const nodes = await nodesOf('prod');
    expect(nodes.map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-2', 'i-3']);
  });

  it.each([
    [{ 'aws:eks:cluster-name': 'prod' }, 'prod'],
    [{ 'eks:cluster-name': 'prod' }, 'prod'],
    [{ 'eks:eks-cluster-name': 'prod' }, 'prod'],
    [{ 'kubernetes.io/cluster/prod': 'owned' }, 'prod'],
    [{ 'kubernetes.io/cluster/prod': 'shared', 'kubernetes.io/cluster/x': 'owned' }, 'prod'],
    [{ 'kubernetes.io/cluster/prod': 'shared', 'aws:eks:cluster-name': 'other' }, undefined],
    [{ 'aws:eks:cluster-name': 'other' }, undefined],
    [{ Name: 'prod' }, undefined],
  ])('tells from the tags %j the cluster %s', async (tags, expected) => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [{ Instances: [anInstance(tags)] }],
    });
    expect((await nodesOf('prod'))[0]?.cluster).toBe(expected);
  });

  it.each([
    [{ 'eks:nodegroup-name': 'blue', 'aws:autoscaling:groupName': 'eks-1' }, 'blue', 'managed'],
    [{ 'karpenter.sh/nodepool': 'spot' }, 'spot', 'karpenter'],
    [{ 'karpenter.sh/provisioner-name': 'default' }, 'default', 'karpenter'],
    [{ 'eks:kubernetes-node-pool-name': 'system' }, 'system', 'auto-mode'],
    [{ 'aws:autoscaling:groupName': 'workers' }, 'workers', 'auto-scaling-group'],
    [{ Name: 'by hand' }, '(none)', 'none'],
  ])('tells from the tags %j the group %s', async (tags, nodeGroup, nodeGroupKind) => {
    expect(await nodeFrom(tags)).toMatchObject({ nodeGroup, nodeGroupKind });
  });

  it.each<[string, Record<string, string>, Partial<Instance>, boolean]>([
    ['a lone instance', {}, {}, true],
    ['one that forwards for others', {}, { SourceDestCheck: false }, false],
    ['one with the usual check', {}, { SourceDestCheck: true }, true],
    ['a NAT host by name', { Name: 'prod-nat-1' }, {}, false],
    ['a bastion by name', { Name: 'Bastion' }, {}, false],
    ['a node whose name only sounds so', { Name: 'natural-bastions' }, {}, true],
    ['a scaling group of bastions', { 'aws:autoscaling:groupName': 'prod_bastion' }, {}, false],
    ['a scaling group', { 'aws:autoscaling:groupName': 'a' }, { SourceDestCheck: false }, true],
    ['a node group named so', { 'eks:nodegroup-name': 'nat' }, { SourceDestCheck: false }, true],
    ['a NAT host that EKS made a node', { 'aws:eks:cluster-name': 'prod', Name: 'nat' }, {}, true],
  ])('tells of %s whether it is a node', async (_, tags, rest, isNode) => {
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: [
        { Instances: [anInstance({ 'kubernetes.io/cluster/prod': 'owned', ...tags }, rest)] },
      ],
    });
    expect(await nodesOf('prod')).toHaveLength(isNode ? 1 : 0);
  });

  it.each([
    [{ Description: 'aws-K8S-i-1' }],
    [{ PrivateIpAddresses: [{}, {}] }],
    [{ Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.16/28' }] }],
  ])('knows a node by what the VPC CNI did: %j', async (network) => {
    const rest = { SourceDestCheck: false, NetworkInterfaces: [network] };
    const Instances = [anInstance({ 'kubernetes.io/cluster/prod': 'owned' }, rest)];
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances }] });
    expect(await nodesOf('prod')).toHaveLength(1);
  });

  it('knows the cores and threads that EC2 gave it, if EC2 tells both', async () => {
    const cpu = async (CpuOptions: NonNullable<Instance['CpuOptions']>) =>
      (await nodeFrom({}, { CpuOptions }))?.cpu;
    expect(await cpu({ CoreCount: 4, ThreadsPerCore: 1 })).toEqual({ cores: 4, threadsPerCore: 1 });
    expect(await cpu({ CoreCount: 4 })).toBeUndefined();
  });

  it('gives a plain Linux node whole', async () => {
    expect(await nodeFrom({})).toEqual({
      instanceId: 'i-1',
      instanceType: 't3.large',
      cluster: 'prod',
      nodeGroup: '(none)',
      nodeGroupKind: 'none',
      platform: 'linux',
      autoMode: false,
    });
  });

  it.each([
    { set: [3_600], kept: 3_600 },
    { set: [350, 3_600], kept: 3_600 },
    { set: [3_600, 350], kept: 3_600 },
    { set: [350, undefined], kept: undefined },
    { set: [undefined], kept: undefined },
    { set: [], kept: undefined },
  ])('knows of interfaces with $set that $kept s is the longest', async ({ set, kept }) => {
    const NetworkInterfaces = set.map((TcpEstablishedTimeout) =>
      TcpEstablishedTimeout === undefined
        ? {}
        : { ConnectionTrackingConfiguration: { TcpEstablishedTimeout, UdpTimeout: 30 } },
    );
    expect((await nodeFrom({}, { NetworkInterfaces }))?.tcpEstablishedSeconds).toBe(kept);
  });

  it('counts an interface on which other timeouts are set as one without', async () => {
    const NetworkInterfaces = [
      { ConnectionTrackingConfiguration: { TcpEstablishedTimeout: 350 } },
      { ConnectionTrackingConfiguration: { UdpStreamTimeout: 60 } },
    ];
    expect(await nodeFrom({}, { NetworkInterfaces })).not.toHaveProperty('tcpEstablishedSeconds');
  });

  it('gives the tags by which people mute findings of the node, as they are', async () => {
    const tags = {
      'conntrack-auditor/silence-until': ' 2026-12-01 ',
      'conntrack-auditor/silence-reason': 'load\ntest \u202e',
      'conntrack-auditor/silence-rule': 'table-pressure',
    };
    expect((await nodeFrom(tags))?.mute).toEqual({
      until: '2026-12-01',
      reason: 'load\ntest \u202e',
      rule: 'table-pressure',
    });
  });

  it('knows a Windows node', async () => {
    expect(await nodeFrom({}, { Platform: 'Windows' })).toMatchObject({ platform: 'windows' });
  });

  it.each([
    [{ Managed: true, Principal: 'eks.amazonaws.com' }, {}, true],
    [{ Managed: true, Principal: 'ecs.amazonaws.com' }, {}, false],
    [{ Managed: false }, {}, false],
    [undefined, { 'eks:kubernetes-node-pool-name': 'system' }, true],
  ])(
    'knows by the operator %j and the tags %j that Auto Mode: %s',
    async (Operator, tags, auto) => {
      const node = await nodeFrom(tags, Operator === undefined ? {} : { Operator });
      expect(node?.autoMode).toBe(auto);
      expect(node?.nodeGroupKind).toBe(auto ? 'auto-mode' : 'none');
    },
  );
});
