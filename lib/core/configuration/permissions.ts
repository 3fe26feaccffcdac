/** A kind of resource, as an ARN names it. */
export interface ResourceKind {
  readonly service: string;
  readonly resource: string;
  readonly resourceName: string;
}

/** Calls that are allowed together. */
export interface Permission {
  readonly actions: readonly string[];
  /** Absent: IAM can limit these calls to no resource. */
  readonly resource?: ResourceKind;
  /** Why the resource holds a wildcard. */
  readonly reason: string;
}

/**
 * What an audit reads of a fleet. The role of the function is given it, and `doctor` asks for it one by one. Nothing
 * here changes anything, reads a parameter or opens a session.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const fleetReads: readonly Permission[] = [
  {
    actions: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'eks:ListClusters',
      'iam:ListAccountAliases',
      'ssm:DescribeInstanceInformation',
      'ssm:GetCommandInvocation',
      'ssm:ListCommandInvocations',
      'ssm:ListCommands',
      'tag:GetResources',
    ],
    reason:
      'EC2, EKS, IAM, Systems Manager and the tagging service allow these list and describe calls on no narrower resource.',
  },
  {
    actions: ['eks:DescribeCluster', 'eks:ListNodegroups'],
    resource: { service: 'eks', resource: 'cluster', resourceName: '*' },
    reason: 'Clusters are looked up at each audit, so their names are not known here.',
  },
  {
    actions: ['eks:DescribeNodegroup'],
    resource: { service: 'eks', resource: 'nodegroup', resourceName: '*/*' },
    reason: 'The ARN of a node group holds the name of its cluster, its own and a random id.',
  },
  {
    actions: ['eks:DescribeAddon'],
    resource: { service: 'eks', resource: 'addon', resourceName: '*' },
    reason: 'The ARN of an add-on holds the name of its cluster and a random id.',
  },
];

/** Calls that an audit goes on without. */
export const spared: Readonly<Record<string, string>> = {
  'iam:ListAccountAliases': 'reports then name the account by its number alone',
  'tag:GetResources': 'node groups are then asked about one by one',
};

/** The one call that runs anything: the document that holds the probe, on instances. */
export const SEND = 'ssm:SendCommand';

/** Where ARNs are of. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The ARN of a kind of resource; `*` where there is none. */
export function arnOf(kind: ResourceKind | undefined, place: Place): string {
  if (kind === undefined) return '*';
  const { partition, region, account } = place;
  return `arn:${partition}:${kind.service}:${region}:${account}:${kind.resource}/${kind.resourceName}`;
}

/** The statement of a policy that allows an action, as one line of JSON. */
export function statementFor(action: string, place?: Place): string {
  const permission = fleetReads.find(({ actions }) => actions.includes(action));
  const resource = place === undefined ? '*' : arnOf(permission?.resource, place);
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
}
