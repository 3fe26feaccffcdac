import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { clusterName, groupName, type Layout } from './layout.js';

const OWNER = '000000000000';
const PAGE = 100;

/** EKS of the fleet, to be read, and the tags of its node groups as the tagging service lists them. */
export class FleetEks {
  constructor(private readonly layout: Layout) {}

  handle({ url }: AwsRequest): AwsResponse {
    const [, , name = '', kind, which] = url.pathname.split('/').map(decodeURIComponent);
    if (name === '') return this.#clusters(url);
    if (kind === undefined) return json({ cluster: describe(name) });
    if (kind === 'addons') return json({ addon: addon(name) });
    if (which !== undefined) return json({ nodegroup: nodeGroup(name, which) });
    const nodegroups = Array.from({ length: this.layout.groups }, (_, at) => groupName(at));
    return json({ nodegroups });
  }

  /** GetResources: the tags of all node groups. */
  tags({ body }: AwsRequest): AwsResponse {
    const { PaginationToken = '' } = JSON.parse(body) as { readonly PaginationToken?: string };
    const { clusters, groups } = this.layout;
    const from = Number(PaginationToken);
    const count = Math.min(PAGE, clusters * groups - from);
    const ResourceTagMappingList = Array.from({ length: count }, (_, nth) => {
      const place = `${clusterName(Math.floor((from + nth) / groups))}/${groupName((from + nth) % groups)}`;
      return {
        ResourceARN: arn(`nodegroup/${place}/00c0ffee`),
        Tags: [{ Key: 'team', Value: 'payments' }],
      };
    });
    const next = from + count < clusters * groups ? String(from + count) : '';
    return json({ ResourceTagMappingList, PaginationToken: next });
  }

  #clusters({ searchParams }: URL): AwsResponse {
    const from = Number(searchParams.get('nextToken') ?? 0);
    const count = Math.min(PAGE, this.layout.clusters - from);
    const clusters = Array.from({ length: count }, (_, at) => clusterName(from + at));
    const next = from + count < this.layout.clusters ? { nextToken: String(from + count) } : {};
    return json({ clusters, ...next });
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html */
function describe(name: string): object {
  return {
    name,
    arn: arn(`cluster/${name}`),
    createdAt: 1_775_000_000,
    version: '1.31',
    endpoint: `https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com`,
    roleArn: `arn:aws:iam::${OWNER}:role/${name}-cluster-20260401120000000000000001`,
    resourcesVpcConfig: {
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
      clusterSecurityGroupId: 'sg-08192a3b4c5d6e7f0',
      vpcId: 'vpc-0123456789abcdef0',
      endpointPublicAccess: true,
      endpointPrivateAccess: true,
      publicAccessCidrs: ['0.0.0.0/0'],
    },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
    identity: { oidc: { issuer: 'https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF' } },
    status: 'ACTIVE',
    // A certificate of an authority takes 1,500 characters.
    certificateAuthority: { data: 'LS0t'.repeat(375) },
    platformVersion: 'eks.12',
    tags: { team: 'payments' },
  };
}

function addon(clusterName: string): object {
  return {
    addonName: 'kube-proxy',
    clusterName,
    status: 'ACTIVE',
    addonVersion: 'v1.31.2-eksbuild.3',
    health: { issues: [] },
    addonArn: arn(`addon/${clusterName}/kube-proxy/00c0ffee-0000-4000-8000-000000000000`),
    tags: {},
  };
}

function nodeGroup(clusterName: string, nodegroupName: string): object {
  return {
    nodegroupName,
    clusterName,
    nodegroupArn: arn(`nodegroup/${clusterName}/${nodegroupName}/00c0ffee`),
    version: '1.31',
    releaseVersion: '1.31.2-20261101',
    status: 'ACTIVE',
    capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: 1, maxSize: 100, desiredSize: 60 },
    instanceTypes: ['m5.large'],
    subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    amiType: 'AL2023_x86_64_STANDARD',
    health: { issues: [] },
    tags: { team: 'payments' },
  };
}

function arn(resource: string): string {
  return `arn:aws:eks:us-east-1:${OWNER}:${resource}`;
}

function json(value: object): AwsResponse {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(value) };
}
