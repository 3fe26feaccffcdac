import type { Account } from '../account.js';
import type { SimulatedCluster } from '../fleet.js';
import { requiredText, text, whole, type Input, type Refusal } from '../protocol/input.js';
import { page } from '../protocol/paging.js';
import { restJson, type Route } from '../protocol/rest-json.js';
import { ServiceError } from '../protocol/service-error.js';

const PAGE = { min: 1, max: 100 };

/** The Amazon EKS of the account: clusters, add-ons and node groups, to be read. */
export const eks = restJson('eks', [
  get('/clusters', 'ListClusters', (input, account) =>
    list(input, 'clusters', names(account.fleet.clusters)),
  ),
  get('/clusters/{name}', 'DescribeCluster', (input, account) => ({
    cluster: describe(cluster(input, account), account),
  })),
  get('/clusters/{name}/addons', 'ListAddons', (input, account) =>
    list(input, 'addons', Object.keys(cluster(input, account).addons)),
  ),
  get('/clusters/{name}/addons/{addon}', 'DescribeAddon', describeAddon),
  get('/clusters/{name}/node-groups', 'ListNodegroups', (input, account) =>
    list(input, 'nodegroups', nodeGroups(cluster(input, account))),
  ),
  get('/clusters/{name}/node-groups/{group}', 'DescribeNodegroup', describeNodegroup),
]);

function get(path: string, name: string, operation: Route['operation']): Route {
  return { method: 'GET', path, name, operation };
}

function list(input: Input, member: string, items: readonly string[]): object {
  const size = whole(input, 'maxResults', PAGE, invalidParameter) ?? PAGE.max;
  const token = text(input, 'nextToken', invalidParameter);
  const found = page(items, size, token, () => invalidParameter('Invalid nextToken'));
  return { [member]: found.items, nextToken: found.nextToken };
}

function cluster(input: Input, { fleet }: Account): SimulatedCluster {
  const name = requiredText(input, 'name', invalidParameter);
  const found = fleet.clusters.find((candidate) => candidate.name === name);
  if (found === undefined) throw notFound(`No cluster found for name: ${name}.`);
  return found;
}

function describe(
  { name, version, autoMode, serviceIpv6Cidr }: SimulatedCluster,
  account: Account,
): object {
  return {
    name,
    arn: arn(`cluster/${name}`, account),
    version,
    status: 'ACTIVE',
    platformVersion: 'eks.1',
    endpoint: `https://${name}.invalid`,
    kubernetesNetworkConfig:
      serviceIpv6Cidr === undefined
        ? { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' }
        : { ipFamily: 'ipv6', serviceIpv6Cidr },
    computeConfig: { enabled: autoMode, nodePools: autoMode ? ['general-purpose'] : [] },
    tags: {},
  };
}

function describeAddon(input: Input, account: Account): object {
  const { name, addons, proxyMode: mode } = cluster(input, account);
  const addonName = requiredText(input, 'addon', invalidParameter);
  const addonVersion = Object.hasOwn(addons, addonName) ? addons[addonName] : undefined;
  if (addonVersion === undefined)
    throw notFound(`No addon: ${addonName} found in cluster: ${name}`);
  const addonArn = arn(`addon/${name}/${addonName}`, account);
  const addon = { addonName, clusterName: name, addonVersion, addonArn, status: 'ACTIVE' };
  return addonName === 'kube-proxy' && mode !== undefined
    ? { addon: { ...addon, configurationValues: JSON.stringify({ mode }) } }
    : { addon };
}

function describeNodegroup(input: Input, account: Account): object {
  const found = cluster(input, account);
  const nodegroupName = requiredText(input, 'group', invalidParameter);
  const nodes = found.nodes.filter(({ tags }) => tags['eks:nodegroup-name'] === nodegroupName);
  if (!nodeGroups(found).includes(nodegroupName)) {
    throw notFound(`No node group found for name: ${nodegroupName}.`);
  }
  const tags = new Map(Object.entries(found.nodeGroupTags ?? {})).get(nodegroupName) ?? {};
  const scalingConfig = { minSize: 0, maxSize: nodes.length, desiredSize: nodes.length };
  const nodegroup = {
    nodegroupName,
    clusterName: found.name,
    nodegroupArn: arn(`nodegroup/${found.name}/${nodegroupName}`, account),
    version: found.version,
    status: 'ACTIVE',
    instanceTypes: [...new Set(nodes.map(({ instanceType }) => instanceType))],
    scalingConfig,
    tags,
  };
  return { nodegroup };
}

function nodeGroups({ nodes, nodeGroupTags = {} }: SimulatedCluster): string[] {
  const ofNodes = nodes.flatMap(({ tags }) => tags['eks:nodegroup-name'] ?? []);
  return [...new Set([...ofNodes, ...Object.keys(nodeGroupTags)])].sort();
}

function names(clusters: readonly SimulatedCluster[]): string[] {
  return clusters.map(({ name }) => name);
}

function arn(resource: string, { region, id }: Account): string {
  return `arn:aws:eks:${region}:${id}:${resource}`;
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, 404);
}

const invalidParameter: Refusal = (message) =>
  new ServiceError('InvalidParameterException', message);
