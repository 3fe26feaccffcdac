/** Every operation that an audit asks once at least. */
export const operations = [
  'eks:ListClusters',
  'eks:DescribeCluster',
  'eks:DescribeAddon',
  'eks:ListNodegroups',
  'eks:DescribeNodegroup',
  'tag:GetResources',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ssm:DescribeInstanceInformation',
  'ssm:SendCommand',
  'ssm:ListCommands',
  'ssm:ListCommandInvocations',
  'ssm:GetCommandInvocation',
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  'sns:Publish',
  'events:PutEvents',
  'securityhub:BatchImportFindings',
] as const;

/** What passes by itself. */
export const passing = ['throttled', 'broken', 'reset', 'hang'] as const;
