import {
  type EC2Client,
  type Instance,
  type InstanceNetworkInterface,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import type { Node, NodeGroupKind } from '../core/node/fleet.js';
import { clusterTags } from '../core/configuration/node-tag-keys.js';
import type { FoundClusters } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { muteTagsOf } from '../core/mutes/mute-tags.js';
import { listed, needed } from './service-error.js';

/**
 * Half of what DescribeInstances gives. A record has 10 KB of XML: the memory of a whole page, parsed, is 190 MB over
 * a listing of 10,000 nodes, of half a page 130 MB, for ten calls more.
 */
const PAGE_SIZE = 500;
/** EC2 takes so many values per filter. */
const VALUES_PER_FILTER = 200;
/** Where so many clusters are left out for each that is wanted, lists of the wanted ones alone are shorter. */
const OTHERS_FOR_ONE = 2;

const SCALING_GROUP_TAG = 'aws:autoscaling:groupName';
const AUTO_MODE_TAG = 'eks:kubernetes-node-pool-name';
const ownerTag = (cluster: string): string => `kubernetes.io/cluster/${cluster}`;

/** Tags that name the group of an instance, the most telling first. */
const GROUP_TAGS: readonly (readonly [tag: string, kind: NodeGroupKind])[] = [
  ['eks:nodegroup-name', 'managed'],
  ['karpenter.sh/nodepool', 'karpenter'],
  // Before v0.32.
  ['karpenter.sh/provisioner-name', 'karpenter'],
  [AUTO_MODE_TAG, 'auto-mode'],
  [SCALING_GROUP_TAG, 'auto-scaling-group'],
];

type Tags = ReadonlyMap<string, string>;

/** What one list of instances is narrowed to, beside that they run. */
interface TagFilter {
  readonly Name: string;
  readonly Values: string[];
}

/** The EC2 instances that joined EKS clusters, known by their tags. */
export class Ec2Nodes {
  /** Keys of tags that may hold the name of a cluster. */
  private readonly tagKeys: readonly string[];

  /** `tagKeys`: those that people use beside the ones of AWS. */
  constructor(
    private readonly ec2: EC2Client,
    tagKeys: readonly string[] = [],
  ) {
    this.tagKeys = [...new Set([...clusterTags, ...tagKeys])];
  }

  /**
   * Running instances of the clusters to audit, Auto Mode's included, sorted by instance id. Fails without any part
   * of the list.
   */
  async nodes(found: FoundClusters): Promise<Node[]> {
    const subject = `in ${await this.ec2.config.region()}`;
    const clusters = new Set(found.clusters);
    const nodes = new Map<string, Node>();
    for (const filter of this.filters(found)) {
      await needed('ec2:DescribeInstances', subject, this.add(filter, clusters, nodes));
    }
    return [...nodes.values()].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
  }

  /**
   * One list of every node of the Region; or, for a few clusters of many, one for each tag by which theirs are known.
   * Such an instance is in as many lists as it has of these tags.
   */
  private filters({ clusters, others = [] }: FoundClusters): readonly TagFilter[] {
    if (clusters.length === 0) return [];
    const owned = { Name: 'tag-key', Values: clusters.map(ownerTag) };
    const isFew = others.length >= OTHERS_FOR_ONE * clusters.length;
    if (isFew && clusters.length <= VALUES_PER_FILTER) {
      const named = this.tagKeys.map((key) => ({ Name: `tag:${key}`, Values: [...clusters] }));
      return [...named, owned];
    }
    const fits = this.tagKeys.length + clusters.length <= VALUES_PER_FILTER;
    const owners = fits ? owned.Values : [ownerTag('*')];
    return [{ Name: 'tag-key', Values: [...this.tagKeys, ...owners] }];
  }

  /** A record has some 10 KB, and what is kept of it a hundredth: no page outlives the next one. */
  private async add(
    filter: TagFilter,
    clusters: ReadonlySet<string>,
    nodes: Map<string, Node>,
  ): Promise<void> {
    const pages = paginateDescribeInstances(
      { client: this.ec2, pageSize: PAGE_SIZE },
      {
        // EC2 hides Auto Mode's nodes, which AWS manages, unless a caller asks for them.
        IncludeManagedResources: true,
        Filters: [{ Name: 'instance-state-name', Values: ['running'] }, filter],
      },
    );
    for await (const { Reservations } of pages) {
      const page = listed(Reservations, 'reservationSet')
        .flatMap(({ Instances = [] }) => Instances)
        .flatMap((instance) => toNode(instance, clusters, this.tagKeys) ?? []);
      for (const node of page) nodes.set(node.instanceId, node);
    }
  }
}

/** Nothing for an instance of a cluster that was not asked for, and for what only stands beside its nodes. */
function toNode(
  instance: Instance,
  clusters: ReadonlySet<string>,
  tagKeys: readonly string[],
): Node | undefined {
  const tags = new Map(instance.Tags?.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
  const cluster = clusterOf(tags, clusters, tagKeys);
  const { InstanceId: instanceId } = instance;
  if (instanceId === undefined || cluster === undefined || !clusters.has(cluster)) {
    return undefined;
  }
  if (isBesideTheNodes(instance, tags, tagKeys)) return undefined;
  const autoMode = isAutoMode(instance, tags);
  return present({
    instanceId,
    instanceType: instance.InstanceType ?? 'unknown',
    cluster,
    ...groupOf(tags),
    ...(autoMode && { nodeGroupKind: 'auto-mode' as const }),
    platform: platformOf(instance),
    autoMode,
    cpu: cpuOf(instance),
    tcpEstablishedSeconds: longestIdle(instance),
    mute: muteTagsOf((key) => tags.get(key)),
  });
}

/** The tags of AWS name the cluster. One that people chose may hold something else, such as `true`. */
function clusterOf(
  tags: Tags,
  clusters: ReadonlySet<string>,
  tagKeys: readonly string[],
): string | undefined {
  const named = clusterTags.map((tag) => tags.get(tag)).find((name) => name !== undefined);
  if (named !== undefined) return named;
  const chosen = tagKeys.flatMap((tag) => tags.get(tag) ?? []);
  return chosen.find((name) => clusters.has(name)) ?? ownersOf(tags, clusters)[0];
}

/** The clusters to which its tags say that it belongs, sorted. */
function ownersOf(tags: Tags, clusters: ReadonlySet<string>): string[] {
  const prefix = ownerTag('');
  const owners = [...tags.keys()].filter((key) => key.startsWith(prefix));
  return owners
    .map((key) => key.slice(prefix.length))
    .filter((name) => clusters.has(name))
    .sort();
}

/**
 * Whether this is a NAT or bastion host. Tools tag all that they make for a cluster as its own, so that the
 * owner's tag alone proves no node: such a host forwards packets that are not its own, or is named for what it
 * does, and has nothing of a node group or of the VPC CNI.
 */
function isBesideTheNodes(instance: Instance, tags: Tags, tagKeys: readonly string[]): boolean {
  const marks = [...tagKeys, ...GROUP_TAGS.map(([tag]) => tag)];
  if (marks.some((tag) => tag !== SCALING_GROUP_TAG && tags.has(tag))) return false;
  if ((instance.NetworkInterfaces ?? []).some(isOfVpcCni)) return false;
  const named = [tags.get('Name'), tags.get(SCALING_GROUP_TAG)].some((name = '') =>
    /(^|[^a-z0-9])(nat|bastion|jump(box|host)?)([^a-z0-9]|$)/i.test(name),
  );
  return named || (instance.SourceDestCheck === false && !tags.has(SCALING_GROUP_TAG));
}

/** The VPC CNI describes the interfaces that it makes, and takes more addresses on the first one. */
function isOfVpcCni(network: InstanceNetworkInterface): boolean {
  const {
    Description = '',
    PrivateIpAddresses = [],
    Ipv4Prefixes = [],
    Ipv6Prefixes = [],
  } = network;
  return (
    Description.startsWith('aws-K8S-') ||
    PrivateIpAddresses.length > 1 ||
    Ipv4Prefixes.length + Ipv6Prefixes.length > 0
  );
}

function groupOf(tags: Tags): Pick<Node, 'nodeGroup' | 'nodeGroupKind'> {
  for (const [tag, nodeGroupKind] of GROUP_TAGS) {
    const nodeGroup = tags.get(tag);
    if (nodeGroup !== undefined) return { nodeGroup, nodeGroupKind };
  }
  return { nodeGroup: '(none)', nodeGroupKind: 'none' };
}

function platformOf({ Platform }: Instance): Node['platform'] {
  return Platform?.toLowerCase() === 'windows' ? 'windows' : 'linux';
}

function cpuOf({ CpuOptions }: Instance): Node['cpu'] {
  const { CoreCount: cores, ThreadsPerCore: threadsPerCore } = CpuOptions ?? {};
  return cores === undefined || threadsPerCore === undefined
    ? undefined
    : { cores, threadsPerCore };
}

/**
 * The longest timeout, if each interface has one. An interface without one keeps the default of the instance
 * type, which may be longer than the timeout of another interface.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterface.html
 */
function longestIdle({ NetworkInterfaces = [] }: Instance): number | undefined {
  const set = NetworkInterfaces.flatMap(
    ({ ConnectionTrackingConfiguration }) =>
      ConnectionTrackingConfiguration?.TcpEstablishedTimeout ?? [],
  );
  if (set.length === 0 || set.length < NetworkInterfaces.length) return undefined;
  return Math.max(...set);
}

/** EKS is the operator of Auto Mode's instances only; its managed node groups have none. */
function isAutoMode({ Operator }: Instance, tags: Tags): boolean {
  const operatedByEks = Operator?.Managed === true && Operator.Principal?.startsWith('eks');
  return operatedByEks === true || tags.has(AUTO_MODE_TAG);
}
