import { paginateListClusters } from '@aws-sdk/client-eks';
import { chooseClusters } from '../../adapters/eks-clusters.js';
import { Failure, listed } from '../../adapters/service-error.js';
import { NO_REGION } from '../asking-aws.js';
import { checkClusters } from './check-clusters.js';
import { checkCredentials } from './check-credentials.js';
import { checkDocument } from './check-document.js';
import { checkLastAudit } from './check-last-audit.js';
import { checkPermissions } from './check-permissions.js';
import { checkReach } from './check-reach.js';
import { checkRegion } from './check-region.js';
import { checkSubscription } from './check-subscription.js';
import { asked, fault, unknown, type Checked } from './checked.js';
import { findStack } from './find-stack.js';
import type { Caller, Patient } from './patient.js';

/** Looks at everything that an audit needs, one by one. Nothing is changed, and nothing is sent to a node. */
export async function examine(patient: Patient): Promise<readonly Checked[]> {
  const region = await regionOf(patient);
  if (region === undefined) {
    const [says, next] = NO_REGION.split('; ');
    return [fault('region', says ?? NO_REGION, next), rest('a Region')];
  }
  const { checked, caller } = await checkCredentials(patient, region);
  if (caller === undefined) return [checked, rest('credentials')];
  return [checked, ...(await examineAs(patient, caller))];
}

async function examineAs(patient: Patient, caller: Caller): Promise<readonly Checked[]> {
  const names = await asked('eks:ListClusters', clusterNames(patient));
  const isListed = !(names instanceof Failure);
  const { wanted } = chooseClusters(isListed ? names : [], patient.clusters);
  const some = isListed && names.length > 0;
  const stack = await findStack(patient, caller);
  return [
    checkRegion(caller.region, names),
    ...(some ? [checkClusters(names, patient.clusters)] : []),
    ...(await checkPermissions(patient, caller, wanted[0])),
    await checkDocument(patient, caller),
    wanted.length > 0 ? await checkReach(patient, caller, wanted) : rest('clusters', 'ssm'),
    stack.checked,
    await checkSubscription(patient, caller, stack.topic),
    await checkLastAudit(patient, caller, stack),
  ];
}

async function regionOf({ clients }: Patient): Promise<string | undefined> {
  try {
    return await clients.region();
  } catch (error) {
    if (error instanceof Error && error.message === 'Region is missing') return undefined;
    throw error;
  }
}

async function clusterNames({ clients: { eks } }: Patient): Promise<string[]> {
  const names: string[] = [];
  for await (const { clusters } of paginateListClusters({ client: eks }, {})) {
    names.push(...listed(clusters, 'clusters'));
  }
  return names.sort();
}

function rest(without: string, check = 'rest'): Checked {
  return unknown(check, `not asked without ${without}`);
}
