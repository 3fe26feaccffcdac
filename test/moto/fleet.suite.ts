import {
  CreateTagsCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  type _InstanceType,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateNodegroupCommand } from '@aws-sdk/client-eks';
import { CreateAccountAliasCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { accountOf } from '../../lib/adapters/account-identity.js';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { Ec2Nodes } from '../../lib/adapters/ec2-nodes.js';
import { Ec2Shapes } from '../../lib/adapters/ec2-shapes.js';
import { EksClusters } from '../../lib/adapters/eks-clusters.js';
import { fleetDirectory } from '../../lib/adapters/fleet-directory.js';
import type { MuteTags } from '../../lib/core/node/fleet.js';
import type { FleetDirectory } from '../../lib/core/run/ports.js';
import { muteTagKeys } from '../../lib/core/mutes/mute-tags.js';
import { mutesOfFleet } from '../../lib/core/mutes/mutes-of-fleet.js';

const clients = awsClients({
  version: 'test',
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const { ec2, eks } = clients;

function directory(include: readonly string[] = []): FleetDirectory {
  const clusters = new EksClusters(eks, { include, exclude: [] });
  const account = () => accountOf(clients);
  return fleetDirectory('us-east-1', account, clusters, new Ec2Nodes(ec2), new Ec2Shapes(ec2));
}

/** Images that moto knows from its start. */
type Image = 'ami-ekslinux' | 'ami-ekswin';

async function run(
  type: _InstanceType,
  count: number,
  tags: Record<string, string>,
  ImageId: Image = 'ami-ekslinux',
) {
  const { Instances: instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      InstanceType: type,
      MinCount: count,
      MaxCount: count,
      TagSpecifications: [
        {
          ResourceType: 'instance',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
    }),
  );
  return instances.flatMap(({ InstanceId }) => InstanceId ?? []);
}

beforeAll(async () => {
  for (const name of ['prod', 'dev']) {
    await eks.send(
      new CreateClusterCommand({
        name,
        version: '1.31',
        roleArn: 'arn:aws:iam::123456789012:role/eks',
        resourcesVpcConfig: {},
      }),
    );
  }
  await run('t2.medium', 2, {
    'kubernetes.io/cluster/prod': 'owned',
    'eks:cluster-name': 'prod',
    'eks:nodegroup-name': 'blue',
  });
  await run('t3.xlarge', 1, {
    'kubernetes.io/cluster/prod': 'owned',
    'karpenter.sh/nodepool': 'spot',
  });
  await run('m5.large', 1, { 'eks:eks-cluster-name': 'dev' }, 'ami-ekswin');
  await run('m5.large', 1, { 'eks:cluster-name': 'a cluster of another account' });
  await run('m5.large', 1, { Name: 'no node at all' });
  const stopped = await run('m5.large', 1, { 'eks:cluster-name': 'prod' });
  await ec2.send(new StopInstancesCommand({ InstanceIds: stopped }));
});

async function tag(instanceId = '', { until, reason }: MuteTags): Promise<void> {
  const Tags = [
    { Key: muteTagKeys.until, Value: until },
    { Key: muteTagKeys.reason, Value: reason },
  ];
  await ec2.send(new CreateTagsCommand({ Resources: [instanceId], Tags }));
}

/** What moto wants of a node group, and what this one has of its own. */
async function nodeGroup(nodegroupName: string, tags: Record<string, string>): Promise<void> {
  await eks.send(
    new CreateNodegroupCommand({
      clusterName: 'prod',
      nodegroupName,
      nodeRole: 'arn:aws:iam::123456789012:role/node',
      subnets: ['subnet-0123456789abcdef0'],
      tags,
    }),
  );
}

afterAll(() => {
  clients.destroy();
});

describe('a fleet that moto holds', () => {
  it('has its clusters, and no kube-proxy add-on where there are no add-ons', async () => {
    const found = await directory().clusters();
    expect(found).toEqual({ clusters: ['dev', 'prod'], others: [], missing: [] });
    expect(await directory().describe(found.clusters)).toEqual({
      clusters: [
        { name: 'dev', version: '1.31', dnsAddress: '172.20.0.10' },
        { name: 'prod', version: '1.31', dnsAddress: '172.20.0.10' },
      ],
      gaps: [],
    });
    expect(await directory(['pr*', 'prd']).clusters()).toEqual({
      clusters: ['prod'],
      others: ['dev'],
      missing: ['prd'],
    });
  });

  it('has an account, and its alias once it has one', async () => {
    expect(await directory().account()).toEqual({ id: '123456789012' });
    await clients.iam.send(new CreateAccountAliasCommand({ AccountAlias: 'shop-prod' }));
    expect(await directory().account()).toEqual({ id: '123456789012', alias: 'shop-prod' });
  });

  it('has the running nodes of these clusters and no other instance', async () => {
    const fleet = directory();
    const found = await fleet.nodes(await fleet.clusters());
    const seen = found.map((node) =>
      [node.cluster, node.nodeGroup, node.nodeGroupKind, node.platform].join(' '),
    );
    expect(seen.sort()).toEqual([
      'dev (none) none windows',
      'prod blue managed linux',
      'prod blue managed linux',
      'prod spot karpenter linux',
    ]);
    expect(found.some((node) => node.autoMode)).toBe(false);
    // Among few clusters by a list of the Region, among many by its own tags.
    for (const others of [[], ['prod', 'stage']]) {
      const ofDev = await fleet.nodes({ clusters: ['dev'], others });
      expect(ofDev.map((node) => node.instanceType)).toEqual(['m5.large']);
    }
  });

  it('silences what tags of instances and of node groups say, and tells of tags that do not', async () => {
    const nodes = await directory().nodes({ clusters: ['prod'] });
    await tag(nodes[0]?.instanceId, { until: 'tomorrow', reason: 'löad test' });
    await nodeGroup('blue', {
      [muteTagKeys.until]: '2026-12-01',
      [muteTagKeys.reason]: 'ümzug',
    });
    for (let at = 0; at < 2; at += 1) await nodeGroup(`spare-${at}`, { team: 'none' });

    const found = await directory().clusters();
    const { clusters } = await directory().describe(found.clusters);
    const fleet = {
      region: 'us-east-1',
      clusters,
      nodes: await directory().nodes(found),
      shapes: [],
    };
    expect(mutesOfFleet(fleet, '2026-11-23T08:00:00Z')).toEqual({
      mutes: [
        { cluster: 'prod', nodeGroup: 'blue', until: '2026-12-01T00:00:00.000Z', reason: 'ümzug' },
      ],
      notes: [
        `tag conntrack-auditor/silence-until of ${nodes[0]?.instanceId} is 'tomorrow', and should be a date such as 2026-12-01`,
      ],
    });
  });

  it('has every size of the families in use, as EC2 sells them', async () => {
    const { shapes } = await directory().shapes(['t2.medium', 't3.xlarge']);
    expect(shapes).toContainEqual({
      instanceType: 't2.medium',
      vcpus: 2,
      memoryMiB: 4096,
      architecture: 'x86_64',
      hypervisor: 'xen',
      tcpEstablishedSeconds: 432_000,
    });
    expect(shapes).toContainEqual({
      instanceType: 't3.xlarge',
      vcpus: 4,
      memoryMiB: 16384,
      architecture: 'x86_64',
      hypervisor: 'nitro',
      tcpEstablishedSeconds: 432_000,
    });
    const families = new Set(shapes.map(({ instanceType }) => instanceType.split('.')[0]));
    expect([...families]).toEqual(['t2', 't3']);
    expect(shapes.length).toBeGreaterThan(10);
  });
});
