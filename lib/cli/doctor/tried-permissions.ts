import { DescribeInstancesCommand, DescribeInstanceTypesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
} from '@aws-sdk/client-ssm';
import type { AwsClients } from '../../adapters/aws-clients.js';
import { Failure } from '../../adapters/service-error.js';
import { asked } from './checked.js';
import type { Patient } from './patient.js';

/** A name that nothing has: who may ask hears that it does not exist. */
const NOTHING = 'conntrack-auditor-doctor';
const NO_COMMAND = '00000000-0000-0000-0000-000000000000';
const NO_INSTANCE = 'i-00000000000000000';

/** Answers to whoever may ask. */
const PERMITTED =
  /^(ResourceNotFoundException|NotFoundException|InvocationDoesNotExist|InvalidCommandId|InvalidInstanceId)$/;

type Call = (clients: AwsClients, cluster: string) => Promise<unknown>;

/** The smallest call of each action that only reads. */
const calls: Readonly<Record<string, Call>> = {
  'ec2:DescribeInstances': ({ ec2 }) => ec2.send(new DescribeInstancesCommand({ MaxResults: 5 })),
  'ec2:DescribeInstanceTypes': ({ ec2 }) =>
    ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['m5.large'] })),
  'eks:ListClusters': ({ eks }) => eks.send(new ListClustersCommand({ maxResults: 1 })),
  'eks:DescribeCluster': ({ eks }, name) => eks.send(new DescribeClusterCommand({ name })),
  'eks:ListNodegroups': ({ eks }, clusterName) =>
    eks.send(new ListNodegroupsCommand({ clusterName })),
  'eks:DescribeNodegroup': ({ eks }, clusterName) =>
    eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName: NOTHING })),
  'eks:DescribeAddon': ({ eks }, clusterName) =>
    eks.send(new DescribeAddonCommand({ clusterName, addonName: 'kube-proxy' })),
  'iam:ListAccountAliases': ({ iam }) => iam.send(new ListAccountAliasesCommand({})),
  'ssm:DescribeInstanceInformation': ({ ssm }) =>
    ssm.send(new DescribeInstanceInformationCommand({ MaxResults: 5 })),
  'ssm:GetCommandInvocation': ({ ssm }) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId: NO_COMMAND, InstanceId: NO_INSTANCE })),
  'ssm:ListCommandInvocations': ({ ssm }) =>
    ssm.send(new ListCommandInvocationsCommand({ CommandId: NO_COMMAND })),
  'ssm:ListCommands': ({ ssm }) => ssm.send(new ListCommandsCommand({ MaxResults: 1 })),
  'tag:GetResources': ({ tagging }) =>
    tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['eks:nodegroup'] })),
};

/** Whether the caller may do this. A text: why nobody knows. */
export async function tried(
  action: string,
  { clients }: Patient,
  cluster = NOTHING,
): Promise<boolean | string> {
  const call = calls[action];
  if (call === undefined) return 'not tried: it does not only read';
  const answer = await asked(action, permitted(call(clients, cluster)));
  if (!(answer instanceof Failure)) return true;
  return answer.reason === 'not-permitted' ? false : answer.detail;
}

async function permitted(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Error && PERMITTED.test(error.name))) throw error;
  }
}
