import {
  DescribeNodegroupCommand,
  type EKSClient,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import type { NodeGroupMute } from '../core/node/fleet.js';
import type { Gap } from '../core/node/gap.js';
import { muteTagsOf } from '../core/mutes/mute-tags.js';
import { groupBy } from '../core/text/group-by.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** ListNodegroups gives no more in one page. */
const PAGE_SIZE = 100;
/** Names that one gap gives before it counts the rest. A house choice. */
const MOST_NAMES = 3;

/** What the managed node groups of a cluster carry as tags. */
export interface NodeGroupTags {
  /** Absent where none carries a mute. */
  readonly nodeGroupMutes?: readonly NodeGroupMute[];
  readonly gaps: readonly Gap[];
}

/** One node group whose tags EKS would not tell. */
interface Untold {
  readonly nodeGroup: string;
  readonly failure: Failure;
}

/**
 * The mutes that managed node groups of a cluster carry as tags: one call for each group, one after the
 * other. A group that is refused is a gap, and the others are asked.
 */
export async function nodeGroupMutes(
  eks: EKSClient,
  clusterName: string,
  attempts: ServiceAttempts,
): Promise<NodeGroupTags> {
  // No names if the cluster was deleted meanwhile.
  const names =
    (await attempts.attempt('eks:ListNodegroups', () => groupNames(eks, clusterName))) ?? [];
  if (names instanceof Failure) {
    return { gaps: [gapOf(clusterName, `node groups of ${clusterName}`, names)] };
  }
  const mutes: NodeGroupMute[] = [];
  const untold: Untold[] = [];
  for (const nodeGroup of names) {
    // No tags if the group was deleted after it was listed.
    const tags = await attempts.attempt('eks:DescribeNodegroup', () =>
      tagsOf(eks, clusterName, nodeGroup),
    );
    if (tags instanceof Failure) untold.push({ nodeGroup, failure: tags });
    else {
      const mute = muteTagsOf((key) => tags?.[key]);
      if (mute !== undefined) mutes.push({ nodeGroup, mute });
    }
  }
  return {
    ...(mutes.length > 0 && { nodeGroupMutes: mutes }),
    gaps: gapsOf(clusterName, untold),
  };
}

async function groupNames(eks: EKSClient, clusterName: string): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListNodegroups({ client: eks, pageSize: PAGE_SIZE }, { clusterName });
  for await (const { nodegroups } of pages) names.push(...listed(nodegroups, 'nodegroups'));
  return names;
}

async function tagsOf(
  eks: EKSClient,
  clusterName: string,
  nodegroupName: string,
): Promise<Record<string, string>> {
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName, nodegroupName }),
  );
  if (nodegroup === undefined) throw new Error('the answer has no nodegroup');
  return nodegroup.tags ?? {};
}

/** One gap for the groups that failed alike: where a role lacks the permission, all of them do. */
function gapsOf(cluster: string, untold: readonly Untold[]): Gap[] {
  const alike = groupBy(untold, ({ failure: { reason } }) => reason);
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map(({ failure }) => {
      const names = group.map(({ nodeGroup }) => nodeGroup);
      return gapOf(cluster, `${subjectOf(names)} of ${cluster}`, failure);
    }),
  );
}

/** `node group blue`; `node groups blue, green, red and 4 more`. */
function subjectOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const told = names.slice(0, MOST_NAMES).join(', ');
  return names.length === 1 ? `node group ${told}` : `node groups ${told}${more}`;
}

function gapOf(cluster: string, subject: string, failure: Failure): Gap {
  return failure.gap('node-groups', subject, cluster);
}
