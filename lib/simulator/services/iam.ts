import type { Account } from '../account.js';
import { awsQuery } from '../protocol/aws-query.js';
import { requiredText, texts, type Input } from '../protocol/input.js';
import { ROOT, ServiceError } from '../protocol/service-error.js';

/** The IAM of the account: its name, its one caller, and what the caller may do. */
export const iam = awsQuery('iam', 'https://iam.amazonaws.com/doc/2010-05-08/', {
  ListAccountAliases: (_, { alias }) => ({
    AccountAliases: { member: alias === '' ? [] : [alias] },
    IsTruncated: false,
  }),
  GetRole: (input, account) => {
    const name = requiredText(input, 'RoleName');
    const role = roleOf(account);
    if (role?.name !== name) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    const CreateDate = account.now().toISOString();
    return {
      Role: { RoleName: name, Arn: role.arn, Path: '/', RoleId: 'AROASIMULATED', CreateDate },
    };
  },
  SimulatePrincipalPolicy: simulate,
});

/** The root user has no policies, and IAM simulates none for it. */
function simulate(input: Input, account: Account): object {
  const arn = requiredText(input, 'PolicySourceArn');
  const { caller = ROOT, denied } = account;
  if (arn === ROOT || arn !== (roleOf(account)?.arn ?? caller)) {
    throw noSuchEntity(`${arn} cannot be found.`);
  }
  const resources = texts({ list: members(input['ResourceArns'], ['*']) }, 'list');
  const member = texts({ list: members(input['ActionNames'], []) }, 'list').flatMap((action) =>
    resources.map((resource) => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: denied?.has(action) === true ? 'implicitDeny' : 'allowed',
    })),
  );
  return { EvaluationResults: { member }, IsTruncated: false };
}

/** The role whose session asks. */
function roleOf({ caller = ROOT }: Account): { name: string; arn: string } | undefined {
  const [, account, name] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.+$/.exec(caller) ?? [];
  if (account === undefined || name === undefined) return undefined;
  return { name, arn: `arn:aws:iam::${account}:role/${name}` };
}

/** A list of the query protocol stands under `member`. */
function members(value: unknown, absent: readonly string[]): unknown {
  return (value as { readonly member?: unknown } | undefined)?.member ?? absent;
}

function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntity', message, 404);
}
