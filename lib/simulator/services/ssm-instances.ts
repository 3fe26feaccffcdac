import type { Account } from '../account.js';
import type { SimulatedNode } from '../fleet.js';
import {
  objects,
  refuseUnsupported,
  requiredText,
  text,
  texts,
  whole,
  type Input,
} from '../protocol/input.js';
import { page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';

const PAGE = { min: 5, max: 50 };
const systems = { amzn: 'Amazon Linux', bottlerocket: 'Bottlerocket', ubuntu: 'Ubuntu' };

interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

/** DescribeInstanceInformation: the running instances that have registered, as of their last ping. */
export function describeInstanceInformation(input: Input, account: Account): object {
  refuseUnsupported(input, ['Filters', 'InstanceInformationFilterList', 'MaxResults', 'NextToken']);
  const managed = [...account.instances.values()].filter(isManaged);
  const filters = readFilters(input);
  refuseUnknownIds(filters, managed);
  const wanted = managed.filter((node) => filters.every((filter) => accepts(filter, node)));
  const size = whole(input, 'MaxResults', PAGE) ?? PAGE.max;
  const found = page(
    wanted,
    size,
    text(input, 'NextToken'),
    () => new ServiceError('InvalidNextToken', 'The specified token is not valid.'),
  );
  const InstanceInformationList = found.items.map((node) => describe(node, account));
  return { InstanceInformationList, NextToken: found.nextToken };
}

function isManaged({ registration, state }: SimulatedNode): boolean {
  return registration !== 'missing' && state === 'running';
}

function readFilters(input: Input): Filter[] {
  const modern = objects(input, 'Filters').map((filter) => ({
    key: requiredText(filter, 'Key'),
    values: texts(filter, 'Values'),
  }));
  const older = objects(input, 'InstanceInformationFilterList').map((filter) => ({
    key: requiredText(filter, 'key'),
    values: texts(filter, 'valueSet'),
  }));
  return [...modern, ...older];
}

function refuseUnknownIds(filters: readonly Filter[], managed: readonly SimulatedNode[]): void {
  const asked = filters.flatMap(({ key, values }) => (key === 'InstanceIds' ? values : []));
  const unknown = asked.filter((id) => !managed.some(({ instanceId }) => instanceId === id));
  if (unknown.length === 0) return;
  throw new ServiceError(
    'InvalidInstanceId',
    `Instances [[${unknown.join(', ')}]] are not managed`,
  );
}

function accepts({ key, values }: Filter, node: SimulatedNode): boolean {
  const attributes: Readonly<Record<string, string>> = {
    InstanceIds: node.instanceId,
    PingStatus: pingStatus(node),
    PlatformTypes: platformType(node),
    ResourceType: 'EC2Instance',
  };
  const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (value !== undefined) return values.includes(value);
  throw new ServiceError('InvalidFilterKey', `the filter ${key} is not supported`);
}

function describe(node: SimulatedNode, account: Account): object {
  const { id, version } = node.machine.os;
  return {
    InstanceId: node.instanceId,
    PingStatus: pingStatus(node),
    LastPingDateTime: Math.floor(account.now().getTime() / 1000),
    AgentVersion: '3.3.3270.0',
    IsLatestVersion: false,
    PlatformType: platformType(node),
    PlatformName: Object.entries(systems).find(([name]) => name === id)?.[1] ?? id,
    PlatformVersion: version,
    ResourceType: 'EC2Instance',
  };
}

function pingStatus({ registration }: SimulatedNode): string {
  return registration === 'connection-lost' ? 'ConnectionLost' : 'Online';
}

function platformType({ platform }: SimulatedNode): string {
  return platform === 'windows' ? 'Windows' : 'Linux';
}
