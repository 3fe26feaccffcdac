import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { present } from '../core/text/present.js';
import type { Credentials } from './aws-clients.js';
import { needed } from './service-error.js';

/** Whose rights an audit has, and under which name it has them. */
export interface RoleWish {
  readonly roleArn: string;
  /** What CloudTrail of the audited account shows beside the role. */
  readonly sessionName: string;
  readonly externalId?: string;
}

/** What a name of a session begins with, and how long one may be. */
const PREFIX = 'conntrack-auditor';
const LONGEST = 64;

/**
 * The keys of a session of this role, for an hour. Fails with a `ServiceError` where the role is not there or does not
 * trust whoever asks: AWS says the same of both.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function assumeRole(sts: STSClient, wish: RoleWish): Promise<Credentials> {
  const { roleArn: RoleArn, sessionName: RoleSessionName, externalId: ExternalId } = wish;
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName, ...present({ ExternalId }) });
  const session = await needed('sts:AssumeRole', `of ${RoleArn}`, sts.send(command));
  const { AccessKeyId, SecretAccessKey, SessionToken } = session.Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error(`the session of ${RoleArn} has no keys`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
}

/** The name of a session by who asks: `conntrack-auditor-alice@example.com`. */
export function sessionNameOf(callerArn: string | undefined): string {
  const who = (callerArn ?? '').split('/').at(-1)?.split(':').at(-1) ?? '';
  const name = [PREFIX, ...(who === '' ? [] : [who])].join('-');
  return name.replace(/[^\w+=,.@-]/g, '-').slice(0, LONGEST);
}
