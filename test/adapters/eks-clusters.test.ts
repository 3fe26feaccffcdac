import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListClustersCommand,
  ListNodegroupsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ClusterGlobs, EksClusters } from '../../lib/adapters/eks-clusters.js';
import { ServiceAttempts } from '../../lib/adapters/service-attempts.js';

const eks = mockClient(EKSClient);
const tagging = mockClient(ResourceGroupsTaggingAPIClient);
const everything: ClusterGlobs = { include: [], exclude: [] };
const adapter = (globs = everything) =>
  new EksClusters(new EKSClient({ region: 'eu-west-1' }), globs);
const byTags = () =>
  new EksClusters(
    new EKSClient({ region: 'eu-west-1' }),
    everything,
    new ServiceAttempts(),
    new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' }),
  );
const find = (globs = everything) => adapter(globs).clusters();
const describeAll = async (globs = everything) =>
  adapter(globs).describe((await find(globs)).clusters);
const list = async (globs = everything) => (await describeAll(globs)).clusters;
const names = async (globs: Partial<ClusterGlobs>) =>
  (await list({ ...everything, ...globs })).map(({ name }) => name);
const notFound = new ResourceNotFoundException({
  message: 'No addon: kube-proxy found in cluster',
  $metadata: { httpStatusCode: 404 },
});

beforeEach(() => {
  eks.reset();
  tagging.reset();
  eks.on(ListClustersCommand).resolves({ clusters: ['prod-b', 'prod-a', 'dev'] });
  eks.on(DescribeClusterCommand).resolves({ cluster: { version: '1.31' } });
  eks.on(DescribeAddonCommand).resolves({ addon: { addonVersion: 'v1.31.2-eksbuild.3' } });
  eks.on(ListNodegroupsCommand).resolves({ nodegroups: [] });
});

describe('EksClusters', () => {
  it('gives every cluster with its version and its kube-proxy, sorted by name', async () => {
    expect(await list()).toEqual([
      { name: 'dev', version: '1.31', kubeProxyVersion: '1.31.2' },
      { name: 'prod-a', version: '1.31', kubeProxyVersion: '1.31.2' },
      { name: 'prod-b', version: '1.31', kubeProxyVersion: '1.31.2' },
    ]);
    expect(eks.commandCalls(DescribeAddonCommand)[0]?.args[0].input).toEqual({
      clusterName: 'dev',
      addonName: 'kube-proxy',
    });
  });

  it('follows the pages of the list', async () => {
    eks.on(ListClustersCommand).resolves({ clusters: ['one'], nextToken: 'more' });
    eks.on(ListClustersCommand, { nextToken: 'more' }).resolves({ clusters: ['two'] });

    expect(await names({})).toEqual(['one', 'two']);
    expect(eks.commandCalls(ListClustersCommand)[0]?.args[0].input).toMatchObject({
      maxResults: 100,
    });
  });

  it('knows the address of the cluster’s DNS service from the range of its services', async () => {
    const dnsOf = async (serviceIpv4Cidr?: string) => {
      const kubernetesNetworkConfig = { ...(serviceIpv4Cidr && { serviceIpv4Cidr }) };
      eks.on(DescribeClusterCommand).resolves({ cluster: { kubernetesNetworkConfig } });
      return (await list())[0]?.dnsAddress;
    };
    expect(await dnsOf('172.20.0.0/16')).toBe('172.20.0.10');
    expect(await dnsOf('10.100.128.0/20')).toBe('10.100.128.10');
    expect(await dnsOf()).toBeUndefined();
  });

  it.each([
    [{ ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' }, '172.20.0.10', 'ipv4'],
    [{ ipFamily: 'ipv6', serviceIpv6Cidr: 'fd30:1c53:5f8a::/108' }, 'fd30:1c53:5f8a::a', 'ipv6'],
    [{ serviceIpv6Cidr: 'fd30:1c53:5f8a::/108' }, 'fd30:1c53:5f8a::a', undefined],
    [{ ipFamily: 'ipv6', serviceIpv4Cidr: '172.20.0.0/16' }, undefined, 'ipv6'],
    [{ ipFamily: 'ipv6', serviceIpv6Cidr: 'fd30:1c53::5f8a/108' }, undefined, 'ipv6'],
  ] as const)('knows from the network %j the address %s', async (network, dnsAddress, ipFamily) => {
    eks.on(DescribeClusterCommand).resolves({ cluster: { kubernetesNetworkConfig: network } });
    const [cluster] = await list();
    expect(cluster?.dnsAddress).toBe(dnsAddress);
    expect(cluster?.ipFamily).toBe(ipFamily);
  });

  it.each([
    ['{"mode":"ipvs","ipvs":{"scheduler":"rr"}}', 'ipvs'],
    ['mode: iptables\n', 'iptables'],
    ['{"mode":"nftables"}', 'nftables'],
    ['# mode: ipvs\nresources: {}\n', undefined],
    ['{"podLabels":{"mode":"ipvs"}}', undefined],
    ['{"mode":"userspace"}', undefined],
    ['{"mode":', undefined],
    ['mode: *x', undefined],
    ['{"resources":{}}', undefined],
    [undefined, undefined],
  ])('reads the mode of kube-proxy from %s', async (configurationValues, mode) => {
    eks.on(DescribeAddonCommand).resolves({
      addon: { ...(configurationValues !== undefined && { configurationValues }) },
    });
    expect((await list())[0]?.proxyMode).toBe(mode);
  });

  it('says nothing of a kube-proxy that is not an EKS add-on', async () => {
    eks.on(DescribeAddonCommand).rejects(notFound);
    expect(await list({ ...everything, include: ['dev'] })).toEqual([
      { name: 'dev', version: '1.31' },
    ]);
  });

  it.each(['v1.31', 'latest', 'v1.31.2x'])('says nothing of a version like %s', async (version) => {
    eks.on(DescribeAddonCommand).resolves({ addon: { addonVersion: version } });
    expect((await list())[0]).toEqual({ name: 'dev', version: '1.31' });
  });

  it.each<[Partial<ClusterGlobs>, string[]]>([
    [{ include: ['prod-*'] }, ['prod-a', 'prod-b']],
    [{ exclude: ['prod-*'] }, ['dev']],
    [{ include: ['prod-*', 'dev'], exclude: ['*-b'] }, ['dev', 'prod-a']],
    [{ include: ['dev'] }, ['dev']],
    [{ include: ['test-*'] }, []],
  ])('keeps to the globs %j', async (globs, expected) => {
    expect(await names(globs)).toEqual(expected);
  });

  it('tells a name that no cluster has, and the clusters that nobody wants', async () => {
    const found = await find({ include: ['prod-*', 'prd-a'], exclude: ['*-b'] });
    expect(found).toEqual({
      clusters: ['prod-a'],
      missing: ['prd-a'],
      others: ['dev', 'prod-b'],
    });
    expect(eks.commandCalls(DescribeClusterCommand)).toHaveLength(0);
  });

  it('leaves out a cluster that was deleted after it was listed', async () => {
    eks.on(DescribeClusterCommand, { name: 'dev' }).rejects(notFound);
    eks.on(DescribeAddonCommand, { clusterName: 'dev' }).rejects(notFound);
    eks.on(ListNodegroupsCommand, { clusterName: 'dev' }).rejects(notFound);
    expect(await names({})).toEqual(['prod-a', 'prod-b']);
  });

  it('gives what node groups carry as tags with the cluster that they are in', async () => {
    eks.on(ListNodegroupsCommand, { clusterName: 'dev' }).resolves({ nodegroups: ['blue'] });
    const tags = { 'conntrack-auditor/silence-until': '2026-12-01' };
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { tags } });
    const [dev, ...others] = await list();
    expect(dev?.nodeGroupMutes).toEqual([{ nodeGroup: 'blue', mute: { until: '2026-12-01' } }]);
    expect(others.map((cluster) => 'nodeGroupMutes' in cluster)).toEqual([false, false]);
  });

  it('takes tags of node groups from the list of them all, and asks about no group', async () => {
    const ResourceTagMappingList = [
      {
        ResourceARN: 'arn:aws:eks:eu-west-1:111122223333:nodegroup/dev/blue/00c0ffee',
        Tags: [{ Key: 'conntrack-auditor/silence-until', Value: '2026-12-01' }],
      },
    ];
    tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList });
    const [dev, prod] = (await byTags().describe(['dev', 'prod-a'])).clusters;
    expect(dev?.nodeGroupMutes).toEqual([{ nodeGroup: 'blue', mute: { until: '2026-12-01' } }]);
    expect(prod).not.toHaveProperty('nodeGroupMutes');
    expect(eks.commandCalls(ListNodegroupsCommand)).toHaveLength(0);
    expect(tagging.calls()).toHaveLength(1);
    await byTags().describe([]);
    expect(tagging.calls()).toHaveLength(1);
  });

  it('asks about each group where the list of all is refused, and has no gap', async () => {
    tagging.on(GetResourcesCommand).rejects(new Error('AccessDeniedException'));
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['blue'] });
    const tags = { 'conntrack-auditor/silence-until': '2026-12-01' };
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { tags } });
    const { clusters, gaps } = await byTags().describe(['dev']);
    expect(clusters[0]?.nodeGroupMutes).toEqual([
      { nodeGroup: 'blue', mute: { until: '2026-12-01' } },
    ]);
    expect(gaps).toEqual([]);
  });

  it('describes at most five clusters at a time', async () => {
    const many = Array.from({ length: 12 }, (_, at) => `cluster-${at}`);
    let open = 0;
    let most = 0;
    eks.on(ListClustersCommand).resolves({ clusters: many });
    eks.on(DescribeClusterCommand).callsFake(async () => {
      most = Math.max(most, (open += 1));
      await new Promise(setImmediate);
      open -= 1;
      return { cluster: { version: '1.31' } };
    });

    expect(await list()).toHaveLength(12);
    expect(most).toBe(5);
  });
});
