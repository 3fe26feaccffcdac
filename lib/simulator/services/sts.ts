import type { Account } from '../account.js';
import { awsQuery } from '../protocol/aws-query.js';
import { requiredText, text, type Input } from '../protocol/input.js';
import { ROOT, ServiceError } from '../protocol/service-error.js';

/** Milliseconds that a session lasts. */
const SESSION_MS = 3_600_000;
/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** The STS of the account: it says who asks, and hands out role sessions. */
export const sts = awsQuery('sts', 'https://sts.amazonaws.com/doc/2011-06-15/', {
  GetCallerIdentity: (_, { caller = ROOT, id }) => ({ Arn: caller, UserId: id, Account: id }),
  AssumeRole: assumeRole,
});

function assumeRole(input: Input, { caller = ROOT, sessions, now }: Account): object {
  const roleArn = requiredText(input, 'RoleArn');
  const sessionName = requiredText(input, 'RoleSessionName');
  if (!SESSION_NAME.test(sessionName)) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const wish = { roleArn, sessionName, caller, externalId: text(input, 'ExternalId') };
  const session = sessions.assume(wish);
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = session;
  const Expiration = new Date(now().getTime() + SESSION_MS).toISOString();
  return {
    Credentials: { AccessKeyId, SecretAccessKey, SessionToken: session.sessionToken, Expiration },
    AssumedRoleUser: { Arn: session.arn, AssumedRoleId: `AROASIMULATED:${sessionName}` },
  };
}
