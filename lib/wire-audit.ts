import { randomUUID } from 'node:crypto';
import { accountOf } from './adapters/account-identity.js';
import type { AwsClients } from './adapters/aws-clients.js';
import { Ec2Nodes } from './adapters/ec2-nodes.js';
import { Ec2Shapes } from './adapters/ec2-shapes.js';
import { EksClusters, type ClusterGlobs } from './adapters/eks-clusters.js';
import { fleetDirectory } from './adapters/fleet-directory.js';
import { ServiceAttempts } from './adapters/service-attempts.js';
import { SsmProbe } from './adapters/ssm-probe.js';
import type { AuditDeps } from './core/run/audit-fleet.js';
import { catalogue } from './core/run/catalogue.js';
import { parseAnswer } from './core/node/parse/answer.js';
import { PROBE_VERSION } from './probe/version.js';
import { present } from './core/text/present.js';

/** What an audit is made of, beside the clients: the same for the function and the laptop. */
export interface AuditSetup extends Pick<
  AuditDeps,
  | 'policy'
  | 'waits'
  | 'watch'
  | 'mustFind'
  | 'ledgers'
  | 'recorders'
  | 'mutes'
  | 'greets'
  | 'links'
  | 'announcers'
  | 'store'
  | 'bundles'
  | 'cadenceSeconds'
> {
  readonly clients: AwsClients;
  readonly clusters: ClusterGlobs;
  /** Keys of tags that hold the name of a cluster, beside those of AWS. */
  readonly nodeTagKeys?: readonly string[];
  /** Id of the audited account. Absent: that of the credentials. */
  readonly accountId?: string;
  /** Name of the SSM document that is sent. */
  readonly documentName: string;
  /** The probe's text, for a document that takes its script as a parameter. */
  readonly script?: string;
}

/** Puts the adapters of one account and Region together. */
export async function wireAudit(setup: AuditSetup): Promise<AuditDeps> {
  const { clients, clusters, nodeTagKeys, accountId, documentName, script, ...rest } = setup;
  const attempts = new ServiceAttempts(clients.limits.call);
  const directory = fleetDirectory(
    await clients.region(),
    () => accountOf(clients, accountId),
    new EksClusters(clients.eks, clusters, attempts, clients.tagging),
    new Ec2Nodes(clients.ec2, nodeTagKeys),
    new Ec2Shapes(clients.ec2, attempts),
  );
  const isAnswer = (text: string) => parseAnswer(text) !== undefined;
  const sending = { documentName, isAnswer, ...present({ script }) };
  const probe = new SsmProbe(clients.ssm, sending, attempts);
  return {
    ...rest,
    catalogue,
    directory,
    probe,
    probeVersion: PROBE_VERSION,
    now: () => new Date().toISOString(),
    holder: () => randomUUID(),
  };
}
