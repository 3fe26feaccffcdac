import { ACCOUNT_ID } from '../account.js';
import { awsQuery } from '../protocol/aws-query.js';
import { ROOT } from '../protocol/service-error.js';

/** The STS of the account: it says who asks. */
export const sts = awsQuery('sts', 'https://sts.amazonaws.com/doc/2011-06-15/', {
  GetCallerIdentity: (_, { caller = ROOT }) => ({
    Arn: caller,
    UserId: ACCOUNT_ID,
    Account: ACCOUNT_ID,
  }),
});
