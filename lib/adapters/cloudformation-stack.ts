import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type AwsClientOptions, clientConfig } from './aws-clients.js';
import { withinLimit } from './time-limits.js';

/** A stack as it is deployed. */
export interface DeployedStack {
  /** `CREATE_COMPLETE`, `UPDATE_ROLLBACK_FAILED` and others. */
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** Reads one stack. No audit does, so its client is not among those of audits. */
export async function deployedStack(
  options: AwsClientOptions,
  StackName: string,
): Promise<DeployedStack> {
  const { limits, config } = clientConfig(options);
  const client = new CloudFormationClient(config);
  withinLimit(client, limits);
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (stack === undefined) throw new Error('the answer has no stack');
    const outputs = (stack.Outputs ?? []).flatMap(({ OutputKey: key, OutputValue: value }) =>
      key === undefined || value === undefined ? [] : [[key, value] as const],
    );
    return { status: stack.StackStatus ?? 'UNKNOWN', outputs: new Map(outputs) };
  } finally {
    client.destroy();
  }
}
