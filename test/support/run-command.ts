import {
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { eventually } from './eventually.js';

/** Sends a command and gives its id. */
export async function send(ssm: SSMClient, input: SendCommandCommandInput): Promise<string> {
  const { Command } = await ssm.send(new SendCommandCommand(input));
  return Command?.CommandId ?? '';
}

/** Waits until nothing of a command is pending or in progress, and gives the command. */
export function whenOver(ssm: SSMClient, CommandId: string) {
  return eventually(async () => {
    const { Commands = [] } = await ssm.send(new ListCommandsCommand({ CommandId }));
    const [command] = Commands;
    if (command === undefined || command.CompletedCount !== command.TargetCount) {
      throw new Error(`command ${CommandId} is not over: ${command?.StatusDetails ?? 'unknown'}`);
    }
    return command;
  });
}
