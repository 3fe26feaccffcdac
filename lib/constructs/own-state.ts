import { Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.js';

/** Properties for `OwnState`. */
export interface OwnStateProps {
  readonly durableFunction: IFunction;
  readonly role: Role;
}

/**
 * Allows a durable function to keep its own state, and nobody else's. AWS's managed policy allows it for
 * every function of the account.
 *
 * A policy of its own: it names the function, which waits for the policies of its role. Lambda authorizes
 * these calls against executions, whose ARNs begin with that of a version of the function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export class OwnState extends Construct {
  constructor(scope: Construct, id: string, { durableFunction, role }: OwnStateProps) {
    super(scope, id);
    const executions = `${durableFunction.functionArn}:*`;
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          resources: [executions],
        }),
      ],
    });
    acknowledgeWildcard(policy, executions, 'Each execution has a name and an id of its own.');
  }
}
