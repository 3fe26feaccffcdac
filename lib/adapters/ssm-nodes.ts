import {
  type InstanceInformation,
  paginateDescribeInstanceInformation,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { BATCH_SIZE } from '../core/run/batches.js';
import type { KnownNodes, Reachability } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** The nodes that Systems Manager knows in the account and Region; with a gap, those of the pages before it. */
export async function knownNodes(ssm: SSMClient, attempts: ServiceAttempts): Promise<KnownNodes> {
  const nodes: Reachability[] = [];
  const read = await attempts.attempt('ssm:DescribeInstanceInformation', async () => {
    const pages = paginateDescribeInstanceInformation({ client: ssm, pageSize: BATCH_SIZE }, {});
    for await (const { InstanceInformationList } of pages) {
      nodes.push(...listed(InstanceInformationList, 'InstanceInformationList').flatMap(toNode));
    }
  });
  if (!(read instanceof Failure)) return { nodes };
  return { nodes, gaps: [read.gap('commands', 'which nodes can be asked')] };
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
