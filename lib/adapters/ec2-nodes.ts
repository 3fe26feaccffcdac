import { type EC2Client, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { Cluster, Node, NodeGroupKind } from '../core/node/fleet.js';
import { present } from '../core/text/present.js';
import { muteTagsOf } from '../core/mutes/mute-tags.js';

/** DescribeInstances gives no more in one page. */
const PAGE_SIZE = 1000;
/** EC2 takes 200 values per filter; the rest of the room is for the tags below. */
const CLUSTERS_PER_CALL = 190;

/**
 * Tags that hold the cluster's name, the surest first: EC2 sets the first one itself.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
const CLUSTER_TAGS = ['aws:eks:cluster-name', 'eks:cluster-name', 'eks:eks-cluster-name'] as const;

const AUTO_MODE_TAG = 'eks:kubernetes-node-pool-name';
const ownerTag = (cluster: string): string => `kubernetes.io/cluster/${cluster}`;

/** Tags that name the group of an instance, the most telling first. */
const GROUP_TAGS: readonly (readonly [tag: string, kind: NodeGroupKind])[] = [
  ['eks:nodegroup-name', 'managed'],
  ['karpenter.sh/nodepool', 'karpenter'],
  [AUTO_MODE_TAG, 'auto-mode'],
  ['aws:autoscaling:groupName', 'auto-scaling-group'],
];

type Tags = ReadonlyMap<string, string>;

/** The EC2 instances that joined EKS clusters, known by their tags. */
export class Ec2Nodes {
  constructor(private readonly ec2: EC2Client) {}

  /** Running instances of these clusters, Auto Mode's included, sorted by instance id. */
  async nodes(clusters: readonly Cluster[]): Promise<Node[]> {
    const names = clusters.map(({ name }) => name);
    const nodes = new Map<string, Node>();
    for (let at = 0; at < names.length; at += CLUSTERS_PER_CALL) {
      for (const instance of await this.instances(names.slice(at, at + CLUSTERS_PER_CALL))) {
        const node = toNode(instance, names);
        if (node !== undefined) nodes.set(node.instanceId, node);
      }
    }
    return [...nodes.values()].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
  }

  private async instances(clusters: readonly string[]): Promise<Instance[]> {
    const instances: Instance[] = [];
    const pages = paginateDescribeInstances(
      { client: this.ec2, pageSize: PAGE_SIZE },
      {
        // EC2 hides Auto Mode's nodes, which AWS manages, unless a caller asks for them.
        IncludeManagedResources: true,
        Filters: [
          { Name: 'instance-state-name', Values: ['running'] },
          { Name: 'tag-key', Values: [...CLUSTER_TAGS, ...clusters.map(ownerTag)] },
        ],
      },
    );
    for await (const page of pages) {
      for (const reservation of page.Reservations ?? []) {
        instances.push(...(reservation.Instances ?? []));
      }
    }
    return instances;
  }
}

/** Nothing for an instance of another cluster. */
function toNode(instance: Instance, clusters: readonly string[]): Node | undefined {
  const tags = new Map(instance.Tags?.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
  const cluster = clusterOf(tags);
  const { InstanceId: instanceId } = instance;
  if (instanceId === undefined || cluster === undefined || !clusters.includes(cluster)) {
    return undefined;
  }
  const autoMode = isAutoMode(instance, tags);
  return present({
    instanceId,
    instanceType: instance.InstanceType ?? 'unknown',
    cluster,
    ...groupOf(tags),
    ...(autoMode && { nodeGroupKind: 'auto-mode' as const }),
    platform: platformOf(instance),
    autoMode,
    tcpEstablishedSeconds: longestIdle(instance),
    mute: muteTagsOf((key) => tags.get(key)),
  });

  function clusterOf(tags: Tags): string | undefined {
    const named = CLUSTER_TAGS.map((tag) => tags.get(tag)).find((name) => name !== undefined);
    return named ?? clusters.find((name) => tags.has(ownerTag(name)));
  }
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
