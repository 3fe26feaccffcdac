import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  type EKSClient,
  EKSServiceException,
  type KubernetesNetworkConfigResponse,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import pMap from 'p-map';
import picomatch from 'picomatch';
import { parseDocument } from 'yaml';
import {
  proxyModes,
  type Cluster,
  type NodeGroupMute,
  type ProxyMode,
} from '../core/node/fleet.js';
import { present } from '../core/text/present.js';
import { muteTagsOf } from '../core/mutes/mute-tags.js';

/** ListClusters and ListNodegroups give no more in one page. */
const PAGE_SIZE = 100;
/** EKS publishes no request rates: a house choice that stays far from throttling. */
const AT_ONCE = 5;

/** Globs over cluster names. An empty `include` means every cluster. */
export interface ClusterGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The EKS clusters of one account and Region. */
export class EksClusters {
  constructor(
    private readonly eks: EKSClient,
    private readonly globs: ClusterGlobs = { include: [], exclude: [] },
  ) {}

  /** The wanted clusters, sorted by name. Fails if a wanted name has no cluster. */
  async clusters(): Promise<Cluster[]> {
    const wanted = chooseClusters(await this.names(), this.globs);
    const clusters = await pMap(wanted, (name) => this.describe(name), { concurrency: AT_ONCE });
    return clusters.filter((cluster) => cluster !== undefined);
  }

  private async names(): Promise<string[]> {
    const names: string[] = [];
    const pages = paginateListClusters({ client: this.eks, pageSize: PAGE_SIZE }, {});
    for await (const page of pages) names.push(...(page.clusters ?? []));
    return names;
  }

  /** Nothing for a cluster that was deleted after it was listed. */
  private async describe(name: string): Promise<Cluster | undefined> {
    const [described, addon] = await Promise.all([
      orNothing(this.eks.send(new DescribeClusterCommand({ name }))),
      orNothing(
        this.eks.send(new DescribeAddonCommand({ clusterName: name, addonName: 'kube-proxy' })),
      ),
    ]);
    if (described === undefined) return undefined;
    return {
      name,
      ...present({
        version: described.cluster?.version,
        kubeProxyVersion: upstreamVersion(addon?.addon?.addonVersion),
        ...networkOf(described.cluster?.kubernetesNetworkConfig ?? {}),
        proxyMode: proxyMode(addon?.addon?.configurationValues),
        nodeGroupMutes: await nodeGroupMutes(this.eks, name),
      }),
    };
  }
}

function chooseClusters(names: readonly string[], { include, exclude }: ClusterGlobs): string[] {
  const missing = include.filter((name) => isPlainName(name) && !names.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `no EKS cluster is named ${missing.map((name) => `'${name}'`).join(', ')}; this account and Region has: ${[...names].sort().join(', ') || 'none'}`,
    );
  }
  const isIncluded = include.length === 0 ? () => true : picomatch([...include]);
  const isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude]);
  return names.filter((name) => isIncluded(name) && !isExcluded(name)).sort();
}

function isPlainName(pattern: string): boolean {
  const { isGlob, negated } = picomatch.scan(pattern);
  return !isGlob && !negated;
}

/** `v1.31.2-eksbuild.3` -> `1.31.2`; nothing for a version of another form. */
function upstreamVersion(addonVersion: string | undefined): string | undefined {
  return /^v?(\d+\.\d+\.\d+)(?:-|$)/.exec(addonVersion ?? '')?.[1];
}

/**
 * The address that EKS gives to the cluster's DNS service, the tenth of its services: `10.100.0.10` of
 * `10.100.0.0/16`, `fd30:1c53:5f8a::a` of `fd30:1c53:5f8a::/108`.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/api/net.go
 */
function networkOf({
  serviceIpv4Cidr,
  serviceIpv6Cidr,
  ipFamily,
}: KubernetesNetworkConfigResponse): Pick<Cluster, 'dnsAddress' | 'ipFamily'> {
  const [, of4] = /^(\d+\.\d+\.\d+\.)\d+\/\d+$/.exec(serviceIpv4Cidr ?? '') ?? [];
  const [, of6] = /^([\da-f:]+::)\/\d+$/i.exec(serviceIpv6Cidr ?? '') ?? [];
  const isIpv6 = ipFamily === undefined ? of4 === undefined : ipFamily === 'ipv6';
  return present({ dnsAddress: isIpv6 ? of6 && `${of6}a` : of4 && `${of4}10`, ipFamily });
}

/** The mode that the add-on was configured with, in JSON or YAML. Nothing where it says none. */
function proxyMode(configurationValues = ''): ProxyMode | undefined {
  // EKS keeps values that fit a schema; anchors fit as well, and nobody needs them there.
  const document = parseDocument(configurationValues, { logLevel: 'silent' });
  const isSound = document.errors.length === 0 && !/[&*]/.test(configurationValues);
  const values: unknown = isSound ? document.toJS() : undefined;
  const mode: unknown =
    typeof values === 'object' && values !== null && 'mode' in values ? values.mode : undefined;
  return proxyModes.find((known) => known === mode);
}

/**
 * The mutes that managed node groups of a cluster carry as tags: one call for each group, one after the
 * other. The role of an older deployment may lack the permission: its audit goes on without, and says so.
 */
export async function nodeGroupMutes(
  eks: EKSClient,
  clusterName: string,
): Promise<Cluster['nodeGroupMutes']> {
  try {
    const mutes: NodeGroupMute[] = [];
    for (const nodeGroup of await groupNames(eks, clusterName)) {
      const mute = await muteOf(eks, clusterName, nodeGroup);
      if (mute !== undefined) mutes.push({ nodeGroup, mute });
    }
    return mutes.length === 0 ? undefined : mutes;
  } catch (error) {
    if (isDenied(error)) return 'not-allowed';
    throw error;
  }
}

/** No names if the cluster was deleted meanwhile. */
async function groupNames(eks: EKSClient, clusterName: string): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListNodegroups({ client: eks, pageSize: PAGE_SIZE }, { clusterName });
  await orNothing(
    (async () => {
      for await (const { nodegroups = [] } of pages) names.push(...nodegroups);
    })(),
  );
  return names;
}

/** Nothing for a group that was deleted after it was listed. */
async function muteOf(
  eks: EKSClient,
  clusterName: string,
  nodegroupName: string,
): Promise<NodeGroupMute['mute'] | undefined> {
  const request = new DescribeNodegroupCommand({ clusterName, nodegroupName });
  const tags = (await orNothing(eks.send(request)))?.nodegroup?.tags;
  return muteTagsOf((key) => tags?.[key]);
}

function isDenied(error: unknown): boolean {
  return error instanceof EKSServiceException && error.name === 'AccessDeniedException';
}

/** Turns "not found" into nothing: an add-on that EKS does not manage, a cluster just deleted. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** By HTTP status: a stand-in for EKS without add-ons answers 404 without EKS's own error. */
function isNotFound(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 404;
}
