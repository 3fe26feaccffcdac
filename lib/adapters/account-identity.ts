import { ListAccountAliasesCommand, type IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Account } from '../core/node/gap.js';
import { present } from '../core/text/present.js';

/** Milliseconds that an audit waits for the name of its account. House choice. */
const PATIENCE_MS = 5_000;

/** The services that know which account this is. */
export interface IdentityClients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
}

/**
 * Which account is audited. Whatever of it cannot be known is absent: an audit goes on without a name.
 *
 * `knownId` spares the question for the id, as the deployed function has it.
 */
export async function accountOf(
  { iam, sts }: IdentityClients,
  knownId?: string,
): Promise<Account | undefined> {
  const id = knownId ?? (await orAbsent(callerAccount(sts)));
  if (id === undefined || !/^\d{12}$/.test(id)) return undefined;
  const alias = await orAbsent(firstAlias(iam));
  return { id, ...present({ alias }) };
}

/** The ARN of whoever asks. Absent where it cannot be known. STS answers everybody who has credentials. */
export function callerArn(sts: STSClient): Promise<string | undefined> {
  const request = new GetCallerIdentityCommand({});
  const abortSignal = AbortSignal.timeout(PATIENCE_MS);
  return orAbsent(sts.send(request, { abortSignal }).then(({ Arn }) => Arn));
}

/** The account of whoever calls. */
export async function callerAccount(sts: STSClient): Promise<string | undefined> {
  const request = new GetCallerIdentityCommand({});
  return (await sts.send(request, { abortSignal: AbortSignal.timeout(PATIENCE_MS) })).Account;
}

/**
 * An account has one alias at most: lower case letters, digits and dashes.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 */
async function firstAlias(iam: IAMClient): Promise<string | undefined> {
  const request = new ListAccountAliasesCommand({});
  const abortSignal = AbortSignal.timeout(PATIENCE_MS);
  const { AccountAliases: [alias] = [] } = await iam.send(request, { abortSignal });
  return alias !== undefined && /^[a-z0-9-]{3,63}$/.test(alias) ? alias : undefined;
}

/** The role may not ask, or nobody answers: nothing of the audit hangs on it. */
function orAbsent(asked: Promise<string | undefined>): Promise<string | undefined> {
  return asked.catch(() => undefined);
}
