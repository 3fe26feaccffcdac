import { parseAllDocuments } from 'yaml';
import type { AwsClients } from '../adapters/aws-clients.js';
import { S3Bundles } from '../adapters/s3-bundles.js';
import type { Simulator } from '../simulator/start-simulator.js';
import { manifests } from './collect-manifests.js';

/** The cluster of the simulated account that has nodes of EKS Auto Mode. */
const CLUSTER = 'platform';

/**
 * What `collect`, kubectl and the agents do together: manifests are made, and each node that one names puts its bundle
 * where that says. Gives the bundles to an audit, as the function in the cloud finds them.
 */
export async function collectedBundles(
  simulator: Simulator,
  clients: AwsClients,
): Promise<S3Bundles> {
  const bucket = simulator.bucketName;
  const asked = { cluster: CLUSTER, bucket, expires: 3_600, nodeTagKeys: [] };
  const { text, place } = await manifests(clients, asked, new Date());
  for (const document of parseAllDocuments(text)) {
    await answer(simulator, document.toJS() as NodeDiagnostic);
  }
  return new S3Bundles(clients.s3, place, () => new Date());
}

interface NodeDiagnostic {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly logCapture: { readonly destination: string } };
}

/** The agent of a node. */
async function answer(simulator: Simulator, { metadata, spec }: NodeDiagnostic): Promise<void> {
  const { destination } = spec.logCapture;
  const body = new Uint8Array(await simulator.bundleOf(metadata.name));
  const { ok, status } = await fetch(destination, { method: 'PUT', body });
  if (!ok) throw new Error(`the bundle of ${metadata.name} was not taken: HTTP status ${status}`);
}
