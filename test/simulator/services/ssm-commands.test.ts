import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  paginateListCommandInvocations,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../../support/a-simulated-node.js';
import { send, whenOver } from '../../support/run-command.js';
import { clientConfig } from '../../support/simulated-account.js';

let simulator: Simulator;
let ssm: SSMClient;

beforeAll(async () => {
  const fleet = aSimulatedFleet([1, 2, 3].map((number) => aSimulatedNode(number)));
  simulator = await startSimulator({ fleet });
  ssm = new SSMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

async function run(commands: string[], InstanceIds = [anInstanceId(1)]): Promise<string> {
  const DocumentName = 'AWS-RunShellScript';
  const id = await send(ssm, { DocumentName, InstanceIds, Parameters: { commands } });
  await whenOver(ssm, id);
  return id;
}

async function read(CommandId: string, InstanceId = anInstanceId(1)) {
  return ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
}

describe('Run Command of the simulated account', () => {
  it('runs the commands of a caller on the node, and shows their output and exit code', async () => {
    const id = await run(['echo out $AWS_SSM_INSTANCE_ID', 'echo err >&2', 'exit 3']);
    expect(await read(id)).toMatchObject({
      Status: 'Failed',
      StatusDetails: 'Failed',
      ResponseCode: 3,
      StandardOutputContent: `out ${anInstanceId(1)}\n`,
      StandardErrorContent: expect.stringContaining('err\n') as string,
    });
  });

  it('lists output only with details, stdout and stderr in one text', async () => {
    const CommandId = await run(['echo out', 'echo err >&2']);
    const bare = await ssm.send(new ListCommandInvocationsCommand({ CommandId }));
    expect(bare.CommandInvocations).toMatchObject([{ Status: 'Success', CommandPlugins: [] }]);
    const full = await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true }));
    expect(full.CommandInvocations?.[0]?.CommandPlugins).toMatchObject([
      { ResponseCode: 0, Output: 'out\n\n----------ERROR-------\nerr\n' },
    ]);
  });

  it('keeps 24,000 bytes of stdout for one node and 2,500 in the list', async () => {
    const CommandId = await run([`awk 'BEGIN { printf "%30000s", "" }'`]);
    const { StandardOutputContent = '' } = await read(CommandId);
    expect(StandardOutputContent).toHaveLength(24_000);
    expect(StandardOutputContent.endsWith('--output truncated--')).toBe(true);
    const listed = await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true }));
    const output = listed.CommandInvocations?.[0]?.CommandPlugins?.[0]?.Output ?? '';
    expect(output).toHaveLength(2_500);
    expect(output.endsWith('---Output truncated---')).toBe(true);
  });

  it('gives invocations in pages', async () => {
    const CommandId = await run(['true'], [1, 2, 3].map(anInstanceId));
    const sizes: number[] = [];
    const pages = paginateListCommandInvocations({ client: ssm, pageSize: 2 }, { CommandId });
    for await (const page of pages) sizes.push(page.CommandInvocations?.length ?? 0);
    expect(sizes).toEqual([2, 1]);
  });

  it.each([0, 51])('refuses a page of %i invocations', async (MaxResults) => {
    const command = new ListCommandInvocationsCommand({ MaxResults });
    await expect(ssm.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('lists commands newest first, and those of one document', async () => {
    const first = await run(['true']);
    const second = await run(['true']);
    const { Commands = [] } = await ssm.send(new ListCommandsCommand({ MaxResults: 2 }));
    expect(Commands.map(({ CommandId }) => CommandId)).toEqual([second, first]);
    const Filters = [{ key: 'DocumentName' as const, value: simulator.documentName }];
    const probes = await ssm.send(new ListCommandsCommand({ Filters }));
    expect(probes.Commands).toEqual([]);
  });

  it('refuses a filter over commands that it does not have', async () => {
    const Filters = [{ key: 'ExecutionStage' as const, value: 'Complete' }];
    await expect(ssm.send(new ListCommandsCommand({ Filters }))).rejects.toMatchObject({
      name: 'InvalidFilterKey',
    });
  });

  it('does not know an invocation that was not sent', async () => {
    const id = await run(['true']);
    await expect(read(id, anInstanceId(2))).rejects.toMatchObject({
      name: 'InvocationDoesNotExist',
    });
    await expect(read('00000000-0000-0000-0000-000000000000')).rejects.toMatchObject({
      name: 'InvocationDoesNotExist',
    });
  });

  it('lists nothing of a command it does not know, and refuses what is no command id', async () => {
    const unknown = { CommandId: '00000000-0000-0000-0000-000000000000' };
    expect((await ssm.send(new ListCommandsCommand(unknown))).Commands).toEqual([]);
    const malformed = new ListCommandsCommand({ CommandId: 'x'.repeat(36) });
    await expect(ssm.send(malformed)).rejects.toMatchObject({ name: 'InvalidCommandId' });
  });

  it('kills a script that outlives its execution timeout, in real seconds', async () => {
    const Parameters = { commands: ['sleep 600'], executionTimeout: ['5'] };
    const DocumentName = 'AWS-RunShellScript';
    const id = await send(ssm, { DocumentName, InstanceIds: [anInstanceId(1)], Parameters });
    await whenOver(ssm, id);
    expect(await read(id)).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'Execution Timed Out',
      ResponseCode: 137,
    });
  });
});
