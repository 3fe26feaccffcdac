import { awsQuery } from '../protocol/aws-query.js';

/** The name of the account, as IAM has it. */
export const ACCOUNT_ALIAS = 'conntrack-demo';

/** The IAM of the account: its name, and nothing else. */
export const iam = awsQuery('iam', 'https://iam.amazonaws.com/doc/2010-05-08/', {
  ListAccountAliases: () => ({
    AccountAliases: { member: [ACCOUNT_ALIAS] },
    IsTruncated: false,
  }),
});
