import { callerAccount } from '../adapters/account-identity.js';
import type { AwsClients } from '../adapters/aws-clients.js';
import { BundleAddresses } from '../adapters/bundle-addresses.js';
import { Ec2Nodes } from '../adapters/ec2-nodes.js';
import { needed } from '../adapters/service-error.js';
import { nodeDiagnostics } from '../core/bundle/node-diagnostic.js';
import { tickRunId } from '../run-id.js';
import { nodesToCollect, type NamedNode } from './collect-nodes.js';

/** What to collect, and where to. */
export interface Collect {
  readonly cluster: string;
  readonly bucket: string;
  readonly expires: number;
  readonly nodeTagKeys: readonly string[];
  readonly named?: readonly NamedNode[];
}

/** Manifests for nodes of one cluster, with an address for each bundle. */
export async function manifests(clients: AwsClients, asked: Collect, now: Date) {
  const { cluster, bucket, expires, nodeTagKeys, named } = asked;
  const account = await needed(
    'sts:GetCallerIdentity',
    'of the caller',
    callerAccount(clients.sts),
  );
  if (account === undefined) throw new Error('the service names no account of the caller');
  const running = await new Ec2Nodes(clients.ec2, nodeTagKeys).nodes({ clusters: [cluster] });
  const nodes = nodesToCollect(running, cluster, named);
  const place = { bucket, account, region: await clients.region() };
  const addresses = new BundleAddresses(clients.s3, place);
  const at = tickRunId(now.toISOString());
  const collecting = await Promise.all(
    nodes.map(async ({ nodeName, instanceId }) => ({
      nodeName,
      destination: await addresses.address(instanceId, at, expires),
    })),
  );
  return { text: nodeDiagnostics(collecting), nodes, place };
}
