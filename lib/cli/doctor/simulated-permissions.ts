import {
  GetRoleCommand,
  SimulatePrincipalPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { SHELL_DOCUMENT } from '../../adapters/ssm-send.js';
import { type Failure } from '../../adapters/service-error.js';
import { arnOf, fleetReads, SEND, type Permission } from '../../core/configuration/permissions.js';
import { asked } from './checked.js';
import type { Caller, Patient } from './patient.js';

/** Whether an action is allowed. A text: why nobody knows. */
export interface Allowed {
  readonly action: string;
  readonly allowed: boolean | string;
}

/** What IAM says of each action of an audit. A failure where it does not simulate this caller. */
export function simulated(
  patient: Patient,
  caller: Caller,
  cluster: string | undefined,
): Promise<readonly Allowed[] | Failure> {
  return asked('iam:SimulatePrincipalPolicy', simulateAll(patient, caller, cluster));
}

async function simulateAll(
  { clients: { iam }, document }: Patient,
  caller: Caller,
  cluster = 'any',
): Promise<readonly Allowed[]> {
  const source = await policySource(iam, caller.arn);
  const all: Allowed[] = [];
  for (const permission of fleetReads) {
    const resource = oneOf(permission, caller, cluster);
    all.push(...(await simulate(iam, source, permission.actions, resource)));
  }
  const owner = document === SHELL_DOCUMENT ? '' : caller.account;
  const sent = `arn:${caller.partition}:ssm:${caller.region}:${owner}:document/${document}`;
  return [...all, ...(await simulate(iam, source, [SEND], sent))];
}

/** A resource such as the calls will name: a policy may allow one cluster alone. */
function oneOf({ resource }: Permission, caller: Caller, cluster: string): string {
  if (resource === undefined) return '*';
  const resourceName = resource.resourceName.replace('*', cluster).replaceAll('*', 'any');
  return arnOf({ ...resource, resourceName }, caller);
}

async function simulate(
  iam: IAMClient,
  PolicySourceArn: string,
  actions: readonly string[],
  resource: string,
): Promise<readonly Allowed[]> {
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [...actions],
      ResourceArns: [resource],
    }),
  );
  return actions.map((action) => {
    const found = EvaluationResults.find(({ EvalActionName }) => EvalActionName === action);
    const decision = found?.EvalDecision;
    return {
      action,
      allowed: decision === undefined ? 'IAM does not say' : decision === 'allowed',
    };
  });
}

/**
 * IAM simulates users and roles, and no sessions. The ARN of a session leaves out the path of its role, which only IAM
 * knows.
 */
async function policySource(iam: IAMClient, arn: string): Promise<string> {
  const [, RoleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (RoleName === undefined) return arn;
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  return Role?.Arn ?? arn;
}
