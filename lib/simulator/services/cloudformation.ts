import { BUCKET, TOPIC, type Account } from '../account.js';
import { awsQuery } from '../protocol/aws-query.js';
import { text, type Input } from '../protocol/input.js';
import { ServiceError } from '../protocol/service-error.js';

/** The stack that the account looks as if it had deployed. */
const STACK = 'ConntrackAuditor';

/** The CloudFormation of the account: its one stack, to be read. */
export const cloudformation = awsQuery(
  'cloudformation',
  'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  { DescribeStacks: describeStacks },
);

function describeStacks(input: Input, account: Account): object {
  const name = text(input, 'StackName') ?? STACK;
  if (name !== STACK) {
    throw new ServiceError('ValidationError', `Stack with id ${name} does not exist`);
  }
  const outputs = {
    TopicArn: `arn:aws:sns:${account.region}:${account.id}:${TOPIC}`,
    BucketName: BUCKET,
    AuditNow: "echo '{}' | aws lambda invoke --function-name simulated /dev/null",
  };
  const member = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
    OutputKey,
    OutputValue,
  }));
  const stack = {
    StackName: name,
    CreationTime: account.now().toISOString(),
    StackStatus: 'CREATE_COMPLETE',
    Outputs: { member },
  };
  return { Stacks: { member: [stack] } };
}
