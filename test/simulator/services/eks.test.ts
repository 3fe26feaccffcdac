import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
  paginateListClusters,
  paginateListNodegroups,
  EKSClient,
} from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import {
  aSimulatedCluster,
  aSimulatedFleet,
  aSimulatedNode,
} from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

const others = Array.from({ length: 101 }, (_, index) => aSimulatedCluster(`cluster-${index}`));
const spare = Array.from({ length: 101 }, (_, at) => [`spare-${at}`, { team: 'none' }] as const);
const tagged = {
  ...aSimulatedCluster('tagged', [aSimulatedNode(3)]),
  nodeGroupTags: { workers: { 'a/b': 'ä & b' }, ...Object.fromEntries(spare) },
};
const inet6 = {
  ...aSimulatedCluster('inet6'),
  serviceIpv6Cidr: 'fd4a:9c1e:77d0::/108',
  proxyMode: 'nftables' as const,
};
let simulator: Simulator;
let eks: EKSClient;

beforeAll(async () => {
  const fleet = aSimulatedFleet([aSimulatedNode(1), aSimulatedNode(2)], tagged, inet6, ...others);
  simulator = await startSimulator({ fleet });
  eks = new EKSClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

describe('EKS of the simulated account', () => {
  it('lists 100 clusters at most and the rest on the next page', async () => {
    const sizes: number[] = [];
    for await (const { clusters } of paginateListClusters({ client: eks }, {})) {
      sizes.push(clusters?.length ?? 0);
    }
    expect(sizes).toEqual([100, 4]);
  });

  it.each([
    { maxResults: 1, wanted: 1 },
    { maxResults: 100, wanted: 100 },
  ])('gives pages of $maxResults', async ({ maxResults, wanted }) => {
    const { clusters } = await eks.send(new ListClustersCommand({ maxResults }));
    expect(clusters).toHaveLength(wanted);
  });

  it.each([0, 101])('refuses pages of %i', async (maxResults) => {
    await expect(eks.send(new ListClustersCommand({ maxResults }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('refuses a token that it did not give', async () => {
    await expect(eks.send(new ListClustersCommand({ nextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('describes a cluster', async () => {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'test' }));
    expect(cluster).toMatchObject({ name: 'test', version: '1.31', status: 'ACTIVE' });
  });

  it.each([
    { name: 'test', network: { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' } },
    { name: 'inet6', network: { ipFamily: 'ipv6', serviceIpv6Cidr: 'fd4a:9c1e:77d0::/108' } },
  ])('tells the family and the services of $name', async ({ name, network }) => {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    expect(cluster?.kubernetesNetworkConfig).toEqual(network);
  });

  it.each([
    { clusterName: 'test', addonName: 'kube-proxy', values: undefined },
    { clusterName: 'inet6', addonName: 'kube-proxy', values: '{"mode":"nftables"}' },
    { clusterName: 'inet6', addonName: 'coredns', values: undefined },
  ])('tells $values of how $addonName of $clusterName is configured', async (asked) => {
    const { values, ...query } = asked;
    const { addon } = await eks.send(new DescribeAddonCommand(query));
    expect(addon?.configurationValues).toBe(values);
  });

  it('has no cluster that was not planned', async () => {
    await expect(eks.send(new DescribeClusterCommand({ name: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: other.',
    });
  });

  it('lists and describes add-ons with the version of their EKS build', async () => {
    const { addons } = await eks.send(new ListAddonsCommand({ clusterName: 'test' }));
    expect(addons).toEqual(['coredns', 'kube-proxy']);
    const query = { clusterName: 'test', addonName: 'kube-proxy' };
    const { addon } = await eks.send(new DescribeAddonCommand(query));
    expect(addon?.addonVersion).toBe('v1.31.2-eksbuild.3');
  });

  it('does not find an add-on that is not installed', async () => {
    const query = { clusterName: 'test', addonName: 'vpc-cni' };
    await expect(eks.send(new DescribeAddonCommand(query))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('lists and describes the node groups that its instances belong to', async () => {
    const { nodegroups } = await eks.send(new ListNodegroupsCommand({ clusterName: 'test' }));
    expect(nodegroups).toEqual(['workers']);
    const query = { clusterName: 'test', nodegroupName: 'workers' };
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand(query));
    expect(nodegroup).toMatchObject({
      instanceTypes: ['m5.large'],
      scalingConfig: { desiredSize: 2 },
      tags: {},
    });
  });

  it('lists 100 node groups at most and the rest on the next page', async () => {
    const sizes: number[] = [];
    for await (const { nodegroups } of paginateListNodegroups(
      { client: eks },
      { clusterName: 'tagged' },
    )) {
      sizes.push(nodegroups?.length ?? 0);
    }
    expect(sizes).toEqual([100, 2]);
  });

  it.each([0, 101])('refuses pages of %i node groups', async (maxResults) => {
    const query = { clusterName: 'tagged', maxResults };
    await expect(eks.send(new ListNodegroupsCommand(query))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it.each([
    { nodegroupName: 'workers', tags: { 'a/b': 'ä & b' }, desiredSize: 1 },
    { nodegroupName: 'spare-7', tags: { team: 'none' }, desiredSize: 0 },
  ])('gives the tags of $nodegroupName itself', async ({ nodegroupName, tags, desiredSize }) => {
    const query = { clusterName: 'tagged', nodegroupName };
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand(query));
    expect(nodegroup).toMatchObject({ tags, scalingConfig: { desiredSize } });
  });

  it.each([
    ['test', 'spare-7', 'No node group found for name: spare-7.'],
    ['test', 'toString', 'No node group found for name: toString.'],
    ['other', 'workers', 'No cluster found for name: other.'],
  ])('does not find in %s a node group %s', async (clusterName, nodegroupName, message) => {
    const query = { clusterName, nodegroupName };
    await expect(eks.send(new DescribeNodegroupCommand(query))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message,
    });
  });
});
