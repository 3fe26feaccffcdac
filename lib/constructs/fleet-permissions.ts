import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.js';

/** IAM cannot limit any of these to a resource. */
const UNSCOPED_READS = [
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'eks:ListClusters',
  'iam:ListAccountAliases',
  'ssm:DescribeInstanceInformation',
  'ssm:GetCommandInvocation',
  'ssm:ListCommandInvocations',
  'ssm:ListCommands',
];

/**
 * Allows to list clusters, nodes, commands and the alias of the account, and to read the answers of commands.
 *
 * Nothing here changes anything, reads a parameter or opens a session.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function grantFleetRead(reader: IConstruct & IGrantable): void {
  const eksArn = (resource: string, resourceName = '*') =>
    Stack.of(reader).formatArn({ service: 'eks', resource, resourceName });
  const reads = [
    {
      actions: UNSCOPED_READS,
      resource: '*',
      reason:
        'EC2, EKS, IAM and Systems Manager allow these list and describe calls on no narrower resource.',
    },
    {
      actions: ['eks:DescribeCluster', 'eks:ListNodegroups'],
      resource: eksArn('cluster'),
      reason: 'Clusters are looked up at each audit, so their names are not known here.',
    },
    {
      actions: ['eks:DescribeNodegroup'],
      resource: eksArn('nodegroup', '*/*'),
      reason: 'The ARN of a node group holds the name of its cluster, its own and a random id.',
    },
    {
      actions: ['eks:DescribeAddon'],
      resource: eksArn('addon'),
      reason: 'The ARN of an add-on holds the name of its cluster and a random id.',
    },
  ];
  for (const { actions, resource, reason } of reads) {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions, resources: [resource] }),
    );
    acknowledgeWildcard(reader, resource, reason);
  }
}
