import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedCluster, aSimulatedNode } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

const spare = Array.from({ length: 101 }, (_, at) => [`spare-${at}`, { team: 'none' }] as const);
const tagged = {
  ...aSimulatedCluster('tagged', [aSimulatedNode(3)]),
  nodeGroupTags: { workers: { 'a/b': 'ä & b' }, bare: {}, ...Object.fromEntries(spare) },
};
let simulator: Simulator;
let tagging: ResourceGroupsTaggingAPIClient;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: { clusters: [tagged], bystanders: [] } });
  tagging = new ResourceGroupsTaggingAPIClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

describe('the tagging service of the simulated account', () => {
  it('lists 100 node groups at most and the rest on the next page, those with tags alone', async () => {
    const sizes: number[] = [];
    for await (const page of paginateGetResources({ client: tagging }, {})) {
      sizes.push(page.ResourceTagMappingList?.length ?? 0);
    }
    expect(sizes).toEqual([100, 2]);
  });

  it('gives the ARN of a group and its tags, by type and by key', async () => {
    const { ResourceTagMappingList } = await tagging.send(
      new GetResourcesCommand({
        ResourceTypeFilters: ['eks:nodegroup'],
        TagFilters: [{ Key: 'a/b' }],
      }),
    );
    expect(ResourceTagMappingList).toEqual([
      {
        ResourceARN: 'arn:aws:eks:us-east-1:000000000000:nodegroup/tagged/workers/00c0ffee',
        Tags: [{ Key: 'a/b', Value: 'ä & b' }],
      },
    ]);
  });

  it('has nothing of other types', async () => {
    const ResourceTypeFilters = ['ec2:instance'];
    const answer = await tagging.send(new GetResourcesCommand({ ResourceTypeFilters }));
    expect(answer.ResourceTagMappingList).toEqual([]);
  });

  it.each([0, 101])('refuses pages of %i', async (ResourcesPerPage) => {
    await expect(tagging.send(new GetResourcesCommand({ ResourcesPerPage }))).rejects.toMatchObject(
      { name: 'InvalidParameterException' },
    );
  });
});
