import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceAttempts } from '../../lib/adapters/service-attempts.js';
import { taggedNodeGroups } from '../../lib/adapters/eks-tagged-node-groups.js';

const tagging = mockClient(ResourceGroupsTaggingAPIClient);
const groups = () =>
  taggedNodeGroups(
    new ResourceGroupsTaggingAPIClient({ region: 'eu-west-1' }),
    new ServiceAttempts(),
  );

/** A node group with these tags, as the list has it. */
function group(place: string, tags: Record<string, string>) {
  return {
    ResourceARN: `arn:aws:eks:eu-west-1:111122223333:nodegroup/${place}/00c0ffee-0000`,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

const until = { 'conntrack-auditor/silence-until': '2026-12-01' };

beforeEach(() => tagging.reset());

describe('taggedNodeGroups', () => {
  it('has the mutes of all groups by cluster, page by page, sorted by the name of the group', async () => {
    tagging.on(GetResourcesCommand).resolves({
      ResourceTagMappingList: [group('prod/red', until), group('dev/web', { team: 'a' })],
      PaginationToken: 'more',
    });
    tagging.on(GetResourcesCommand, { PaginationToken: 'more' }).resolves({
      ResourceTagMappingList: [group('prod/blue', { ...until, team: 'a' })],
      PaginationToken: '',
    });
    expect([...((await groups()) ?? [])]).toEqual([
      [
        'prod',
        [
          { nodeGroup: 'blue', mute: { until: '2026-12-01' } },
          { nodeGroup: 'red', mute: { until: '2026-12-01' } },
        ],
      ],
    ]);
    expect(tagging.commandCalls(GetResourcesCommand)[0]?.args[0].input).toMatchObject({
      ResourcesPerPage: 100,
      ResourceTypeFilters: ['eks:nodegroup'],
    });
  });

  it.each(['arn:aws:eks:eu-west-1:1:cluster/prod', 'arn:aws:eks:eu-west-1:1:nodegroup/prod/blue'])(
    'knows no group by %s',
    async (ResourceARN) => {
      const ResourceTagMappingList = [{ ...group('prod/blue', until), ResourceARN }];
      tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList });
      expect((await groups())?.size).toBe(0);
    },
  );

  it('is nothing where the role may not ask, or the answer has no list', async () => {
    tagging.on(GetResourcesCommand).rejects(new Error('AccessDeniedException'));
    expect(await groups()).toBeUndefined();
    tagging.on(GetResourcesCommand).resolves({});
    expect(await groups()).toBeUndefined();
  });
});
