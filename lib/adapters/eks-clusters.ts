import {
  type Addon,
  type Cluster as DescribedCluster,
  DescribeAddonCommand,
  DescribeClusterCommand,
  type EKSClient,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import pMap from 'p-map';
import picomatch from 'picomatch';
import type { Cluster } from '../core/node/fleet.js';
import type { Gap } from '../core/node/gap.js';
import type { DescribedClusters, FoundClusters } from '../core/run/ports.js';
import { factsOfAddon, factsOfCluster } from './eks-cluster-facts.js';
import { nodeGroupMutes, type NodeGroupTags } from './eks-node-groups.js';
import { ServiceAttempts } from './service-attempts.js';
import { Failure, listed, needed } from './service-error.js';
import { taggedNodeGroups, type TaggedNodeGroups } from './eks-tagged-node-groups.js';

/** ListClusters gives no more in one page. */
const PAGE_SIZE = 100;
/** EKS publishes no request rates: a house choice that stays far from throttling. */
const AT_ONCE = 5;

/** Globs over cluster names. An empty `include` means every cluster. */
export interface ClusterGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

interface Described {
  readonly cluster: Cluster;
  readonly gaps: readonly Gap[];
}

/** The EKS clusters of one account and Region. */
export class EksClusters {
  constructor(
    private readonly eks: EKSClient,
    private readonly globs: ClusterGlobs = { include: [], exclude: [] },
    private readonly attempts = new ServiceAttempts(),
    /** Lists the tags of all node groups. Absent: each group is asked about. */
    private readonly tagging?: ResourceGroupsTaggingAPIClient,
  ) {}

  /** The wanted clusters, sorted by name. Fails without the list of all. */
  async clusters(): Promise<FoundClusters> {
    const subject = `in ${await this.eks.config.region()}`;
    const names = await needed('eks:ListClusters', subject, this.names());
    const { wanted, others, missing } = chooseClusters(names, this.globs);
    return { clusters: wanted, others, missing };
  }

  /** These clusters, in the same order. One that was deleted after it was listed is left out. */
  async describe(names: readonly string[]): Promise<DescribedClusters> {
    const tagged = await this.tagged(names);
    const describe = (name: string) => this.describeOne(name, tagged);
    const answers = await pMap(names, describe, { concurrency: AT_ONCE });
    const found = answers.filter((one) => one !== undefined);
    return {
      clusters: found.map(({ cluster }) => cluster),
      gaps: found.flatMap(({ gaps }) => gaps),
    };
  }

  private async tagged(names: readonly string[]): Promise<TaggedNodeGroups | undefined> {
    if (this.tagging === undefined || names.length === 0) return undefined;
    return taggedNodeGroups(this.tagging, this.attempts);
  }

  private async names(): Promise<string[]> {
    const names: string[] = [];
    const pages = paginateListClusters({ client: this.eks, pageSize: PAGE_SIZE }, {});
    for await (const { clusters } of pages) names.push(...listed(clusters, 'clusters'));
    return names.sort();
  }

  /**
   * Nothing for a cluster that was deleted after it was listed. What EKS would not tell of one is a gap: its
   * nodes are known by their tags, and are read.
   */
  private async describeOne(
    name: string,
    tagged: TaggedNodeGroups | undefined,
  ): Promise<Described | undefined> {
    const { attempts } = this;
    const [described, addon] = await Promise.all([
      attempts.attempt('eks:DescribeCluster', () => this.cluster(name)),
      attempts.attempt('eks:DescribeAddon', () => this.addon(name)),
    ]);
    if (described === undefined) return undefined;
    const { gaps, ...tags } = await this.nodeGroups(name, tagged);
    return {
      cluster: {
        name,
        ...(!(described instanceof Failure) && factsOfCluster(described)),
        ...(addon !== undefined && !(addon instanceof Failure) && factsOfAddon(addon)),
        ...tags,
      },
      gaps: [
        ...gapOf(described, 'cluster', `cluster ${name}`, name),
        ...gapOf(addon, 'add-on', `kube-proxy add-on of ${name}`, name),
        ...gaps,
      ],
    };
  }

  /** What its node groups carry as tags: from the list of them all, or else group by group. */
  private async nodeGroups(
    name: string,
    tagged: TaggedNodeGroups | undefined,
  ): Promise<NodeGroupTags> {
    if (tagged === undefined) return nodeGroupMutes(this.eks, name, this.attempts);
    const mutes = tagged.get(name) ?? [];
    return {
      ...(mutes.length > 0 && { nodeGroupMutes: mutes }),
      gaps: [],
    };
  }

  private async cluster(name: string): Promise<DescribedCluster> {
    const { cluster } = await this.eks.send(new DescribeClusterCommand({ name }));
    if (cluster === undefined) throw new Error('the answer has no cluster');
    return cluster;
  }

  private async addon(clusterName: string): Promise<Addon> {
    const { addon } = await this.eks.send(
      new DescribeAddonCommand({ clusterName, addonName: 'kube-proxy' }),
    );
    if (addon === undefined) throw new Error('the answer has no addon');
    return addon;
  }
}

function gapOf(answer: unknown, about: Gap['about'], subject: string, cluster: string): Gap[] {
  return answer instanceof Failure ? [answer.gap(about, subject, cluster)] : [];
}

/** The clusters that the globs want, those that they do not, and names that no cluster has. */
export function chooseClusters(names: readonly string[], { include, exclude }: ClusterGlobs) {
  const isIncluded = include.length === 0 ? () => true : picomatch([...include]);
  const isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude]);
  const isWanted = (name: string) => isIncluded(name) && !isExcluded(name);
  return {
    wanted: names.filter(isWanted),
    others: names.filter((name) => !isWanted(name)),
    missing: include.filter((name) => isPlainName(name) && !names.includes(name)),
  };
}

function isPlainName(pattern: string): boolean {
  const { isGlob, negated } = picomatch.scan(pattern);
  return !isGlob && !negated;
}
