import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { NodeGroupMute } from '../core/node/fleet.js';
import { muteTagsOf } from '../core/mutes/mute-tags.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** GetResources gives no more in one page. */
const PAGE_SIZE = 100;

/** The mutes that managed node groups carry as tags, by the name of their cluster. */
export type TaggedNodeGroups = ReadonlyMap<string, readonly NodeGroupMute[]>;

/**
 * The mutes of all managed node groups of the Region: a page for a hundred groups, where EKS takes a call for each
 * one. Nothing where the role may not ask, or there is no answer: then the groups have to be asked about.
 *
 * The list holds what has or had tags, so a group without any may be absent.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function taggedNodeGroups(
  tagging: ResourceGroupsTaggingAPIClient,
  attempts: ServiceAttempts,
): Promise<TaggedNodeGroups | undefined> {
  const found = await attempts.attempt('tag:GetResources', () => mutesByCluster(tagging));
  return found instanceof Failure ? undefined : found;
}

async function mutesByCluster(tagging: ResourceGroupsTaggingAPIClient): Promise<TaggedNodeGroups> {
  const mutes = new Map<string, NodeGroupMute[]>();
  const pages = paginateGetResources(
    { client: tagging, pageSize: PAGE_SIZE },
    { ResourceTypeFilters: ['eks:nodegroup'] },
  );
  for await (const { ResourceTagMappingList } of pages) {
    for (const resource of listed(ResourceTagMappingList, 'ResourceTagMappingList')) {
      const { cluster, nodeGroup } = placeOf(resource);
      const mute = muteTagsOf((key) => resource.Tags?.find((tag) => tag.Key === key)?.Value);
      if (cluster === undefined || nodeGroup === undefined || mute === undefined) continue;
      mutes.set(cluster, [...(mutes.get(cluster) ?? []), { nodeGroup, mute }]);
    }
  }
  for (const groups of mutes.values()) groups.sort(byName);
  return mutes;
}

/** `arn:aws:eks:eu-west-1:111122223333:nodegroup/prod/blue/00c0ffee-...` -> `prod`, `blue`. */
function placeOf({ ResourceARN = '' }: ResourceTagMapping) {
  const [, cluster, nodeGroup] = /:nodegroup\/([^/]+)\/([^/]+)\/[^/]+$/.exec(ResourceARN) ?? [];
  return { cluster, nodeGroup };
}

function byName(a: NodeGroupMute, b: NodeGroupMute): number {
  return a.nodeGroup < b.nodeGroup ? -1 : 1;
}
