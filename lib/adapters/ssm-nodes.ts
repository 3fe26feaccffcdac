import {
  DescribeInstanceInformationCommand,
  type InstanceInformation,
  InvalidInstanceId,
  paginateDescribeInstanceInformation,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import pMap from 'p-map';
import { BATCH_SIZE, batches } from '../core/run/batches.js';
import type { KnownNodes, Reachability } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** Systems Manager publishes no request rate for it: a house choice. */
const AT_ONCE = 5;

const OPERATION = 'ssm:DescribeInstanceInformation';

/**
 * The nodes that Systems Manager knows in the account and Region, or those of these instances; with a gap, what it told
 * of them before.
 */
export async function knownNodes(
  ssm: SSMClient,
  attempts: ServiceAttempts,
  instanceIds?: readonly string[],
): Promise<KnownNodes> {
  const nodes: Reachability[] = [];
  const read = await attempts.attempt(OPERATION, async () => {
    if (instanceIds === undefined || !(await addNamed(ssm, instanceIds, nodes))) {
      await addAll(ssm, nodes);
    }
  });
  if (!(read instanceof Failure)) return { nodes };
  return { nodes, gaps: [read.gap('commands', 'which nodes can be asked')] };
}

async function addAll(ssm: SSMClient, nodes: Reachability[]): Promise<void> {
  nodes.length = 0;
  const pages = paginateDescribeInstanceInformation({ client: ssm, pageSize: BATCH_SIZE }, {});
  for await (const page of pages) nodes.push(...nodesOf(page));
}

/** A call for fifty of them. False where Systems Manager refuses one and does not say which. */
async function addNamed(
  ssm: SSMClient,
  instanceIds: readonly string[],
  nodes: Reachability[],
): Promise<boolean> {
  const asked = await pMap(
    batches(instanceIds),
    async (batch) => {
      const found = await named(ssm, batch);
      if (found !== undefined) nodes.push(...found);
      return found !== undefined;
    },
    { concurrency: AT_ONCE },
  );
  return !asked.includes(false);
}

/**
 * What it knows of these. The reference has it that an id which is not valid is refused; one that never registered may
 * be, and is then asked about no more: it is not known.
 */
async function named(
  ssm: SSMClient,
  instanceIds: readonly string[],
): Promise<Reachability[] | undefined> {
  if (instanceIds.length === 0) return [];
  const Filters = [{ Key: 'InstanceIds', Values: [...instanceIds] }];
  try {
    return nodesOf(
      await ssm.send(new DescribeInstanceInformationCommand({ Filters, MaxResults: BATCH_SIZE })),
    );
  } catch (error) {
    if (!(error instanceof InvalidInstanceId)) throw error;
    const words = new Set(error.message.match(/[\w-]+/g));
    const left = instanceIds.filter((id) => !words.has(id));
    return left.length < instanceIds.length ? named(ssm, left) : undefined;
  }
}

function nodesOf({
  InstanceInformationList,
}: {
  readonly InstanceInformationList?: readonly InstanceInformation[] | undefined;
}): Reachability[] {
  return listed(InstanceInformationList, 'InstanceInformationList').flatMap(toNode);
}

function toNode({ InstanceId: instanceId, PingStatus, ...told }: InstanceInformation) {
  if (instanceId === undefined) return [];
  const online = PingStatus === 'Online';
  return [present({ instanceId, online, platform: platformOf(told) })];
}

function platformOf({
  PlatformName: name,
  PlatformVersion: version,
}: InstanceInformation): Reachability['platform'] {
  return name === undefined ? undefined : present({ name, version });
}
