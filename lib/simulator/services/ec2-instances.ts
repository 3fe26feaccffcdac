import type { Account } from '../account.js';
import type { SimulatedNode } from '../fleet.js';
import { invalidValue, text, texts, whole, type Input } from '../protocol/input.js';
import { page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';
import { readFilters, type Attributes } from './ec2-filters.js';

const PAGE = { min: 5, max: 1_000 };
/** Size of one answer if the caller set no limit. */
const WHOLE_LIST = 1_000;
const stateCodes = { running: 16, stopped: 80 } as const;

/**
 * DescribeInstances. Instances that a service manages stay hidden unless `IncludeManagedResources` is
 * true, whether they are listed or named.
 */
export function describeInstances(input: Input, account: Account): object {
  const ids = texts(input, 'InstanceId', invalidValue);
  const size = whole(input, 'MaxResults', PAGE, invalidValue);
  if (ids.length > 0 && size !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  const visible = [...account.instances.values()].filter(
    ({ operator }) => operator === undefined || input['IncludeManagedResources'] === 'true',
  );
  const accept = readFilters(input);
  const wanted = select(visible, ids).filter((node) => accept(attributesOf(node)));
  const token = text(input, 'NextToken', invalidValue);
  const found = page(wanted, size ?? WHOLE_LIST, token, invalidToken);
  return {
    reservationSet: { item: found.items.map((node) => reservation(node, account)) },
    nextToken: found.nextToken,
  };
}

function select(visible: readonly SimulatedNode[], ids: readonly string[]): SimulatedNode[] {
  const unknown = ids.filter((id) => !visible.some(({ instanceId }) => instanceId === id));
  if (unknown.length > 0) {
    const what = unknown.length === 1 ? 'ID' : 'IDs';
    throw new ServiceError(
      'InvalidInstanceID.NotFound',
      `The instance ${what} '${unknown.join(', ')}' do${unknown.length === 1 ? 'es' : ''} not exist`,
    );
  }
  return visible.filter(({ instanceId }) => ids.length === 0 || ids.includes(instanceId));
}

function attributesOf({
  instanceId,
  instanceType,
  state,
  platform,
  tags,
}: SimulatedNode): Attributes {
  return (filter) => {
    if (filter === 'instance-state-name') return [state];
    if (filter === 'instance-id') return [instanceId];
    if (filter === 'instance-type') return [instanceType];
    if (filter === 'platform') return platform === 'windows' ? ['windows'] : [];
    if (filter === 'tag-key') return Object.keys(tags);
    if (!filter.startsWith('tag:')) return undefined;
    const key = filter.slice('tag:'.length);
    return Object.entries(tags).flatMap(([name, value]) => (name === key ? [value] : []));
  };
}

function reservation(node: SimulatedNode, account: Account): object {
  return {
    reservationId: node.instanceId.replace('i-', 'r-'),
    ownerId: account.id,
    instancesSet: { item: [describe(node, account)] },
  };
}

function describe(node: SimulatedNode, { region }: Account): object {
  const windows = node.platform === 'windows';
  return {
    instanceId: node.instanceId,
    instanceType: node.instanceType,
    instanceState: { code: stateCodes[node.state], name: node.state },
    placement: { availabilityZone: `${region}a` },
    platformDetails: windows ? 'Windows' : 'Linux/UNIX',
    ...(windows ? { platform: 'windows' } : {}),
    networkInterfaceSet: { item: [networkInterface(node)] },
    ...cpuOptions(node),
    tagSet: { item: Object.entries(node.tags).map(([key, value]) => ({ key, value })) },
    operator: {
      managed: node.operator !== undefined,
      ...(node.operator === undefined ? {} : { principal: node.operator }),
    },
  };
}

function cpuOptions({ machine: { vcpus, threadsPerCore } }: SimulatedNode): object {
  if (threadsPerCore === undefined) return {};
  return { cpuOptions: { coreCount: vcpus / threadsPerCore, threadsPerCore } };
}

/** Its one interface. EC2 leaves the timeouts out where none is set. */
function networkInterface({ instanceId, tcpEstablishedSeconds: seconds }: SimulatedNode): object {
  return {
    networkInterfaceId: instanceId.replace('i-', 'eni-'),
    status: 'in-use',
    ...(seconds !== undefined && {
      connectionTrackingConfiguration: { tcpEstablishedTimeout: seconds },
    }),
  };
}

function invalidToken(): ServiceError {
  return invalidValue('Invalid value for nextToken');
}
