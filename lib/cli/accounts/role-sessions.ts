import type { STSClient } from '@aws-sdk/client-sts';
import { callerAccount, callerArn } from '../../adapters/account-identity.js';
import type { AwsClients, Credentials } from '../../adapters/aws-clients.js';
import { assumeRole, sessionNameOf } from '../../adapters/sts-roles.js';
import { present } from '../../core/text/present.js';
import { roleOfArn, type AccountsOptions } from './options.js';
import type { Target } from './targets.js';

/** The role sessions of one run of the program: one for each role of each account, when it is first needed. */
export class RoleSessions {
  private readonly sessions = new Map<string, Promise<Credentials>>();
  private caller: Promise<string | undefined> | undefined;

  constructor(private readonly sts: STSClient) {}

  /** The keys of the role that leads into an account. */
  of(account: string, role: NonNullable<Target['role']>): Promise<Credentials> {
    const key = `${account}/${role.name}`;
    const session = this.sessions.get(key) ?? this.assume(account, role);
    this.sessions.set(key, session);
    return session;
  }

  private async assume(
    account: string,
    { name, externalId }: NonNullable<Target['role']>,
  ): Promise<Credentials> {
    this.caller ??= callerArn(this.sts);
    const arn = await this.caller;
    const [, partition = 'aws'] = arn?.split(':') ?? [];
    return assumeRole(this.sts, {
      roleArn: `arn:${partition}:iam::${account}:role/${name}`,
      sessionName: sessionNameOf(arn),
      ...present({ externalId }),
    });
  }
}

/** The keys of the role that a single audit is to have; nothing where it is to have those of the caller. */
export async function roleCredentials(
  { role, externalId }: Pick<AccountsOptions, 'role' | 'externalId'>,
  { sts }: AwsClients,
): Promise<Credentials | undefined> {
  if (role === undefined) {
    if (externalId === undefined) return undefined;
    throw new Error('--external-id is for a role: name it with --role');
  }
  const { account = await callerAccount(sts), name } = roleOfArn(role);
  if (account === undefined) throw new Error('STS does not say which account this is');
  return new RoleSessions(sts).of(account, { name, ...present({ externalId }) });
}
