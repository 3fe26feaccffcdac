import { randomUUID } from 'node:crypto';
import type { AwsClients } from './adapters/aws-clients.js';
import { Ec2Nodes } from './adapters/ec2-nodes.js';
import { Ec2Shapes } from './adapters/ec2-shapes.js';
import { EksClusters, type ClusterGlobs } from './adapters/eks-clusters.js';
import { fleetDirectory } from './adapters/fleet-directory.js';
import { SsmProbe } from './adapters/ssm-probe.js';
import type { AuditDeps } from './core/run/audit-fleet.js';
import { catalogue } from './core/run/catalogue.js';
import { parseAnswer } from './core/node/parse/answer.js';
import { present } from './core/text/present.js';

/** What an audit is made of, beside the clients: the same for the function and the laptop. */
export interface AuditSetup extends Pick<
  AuditDeps,
  'policy' | 'waits' | 'watch' | 'ledgers' | 'recorders' | 'mutes' | 'announcers' | 'store'
> {
  readonly clients: AwsClients;
  readonly clusters: ClusterGlobs;
  /** Name of the SSM document that is sent. */
  readonly documentName: string;
  /** The probe's text, for a document that takes its script as a parameter. */
  readonly script?: string;
}

/** Puts the adapters of one account and Region together. */
export async function wireAudit(setup: AuditSetup): Promise<AuditDeps> {
  const { clients, clusters, documentName, script, ...rest } = setup;
  const directory = fleetDirectory(
    await clients.region(),
    new EksClusters(clients.eks, clusters),
    new Ec2Nodes(clients.ec2),
    new Ec2Shapes(clients.ec2),
  );
  const isAnswer = (text: string) => parseAnswer(text) !== undefined;
  const probe = new SsmProbe(clients.ssm, { documentName, isAnswer, ...present({ script }) });
  return {
    ...rest,
    catalogue,
    directory,
    probe,
    now: () => new Date().toISOString(),
    holder: () => randomUUID(),
  };
}
