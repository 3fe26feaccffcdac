import type { Account } from '../account.js';
import { invocationStates, isOver, statusOf, type Command, type Invocation } from '../commands.js';
import { refuseUnsupported, requiredText, text, whole, type Input } from '../protocol/input.js';
import { page, type Page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';
import { readCommandFilters } from './ssm-command-filters.js';

const PAGE = { min: 1, max: 50 };
const commandId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** ListCommands, newest first. */
export function listCommands(input: Input, account: Account): object {
  refuseUnsupported(input, ['CommandId', 'InstanceId', 'MaxResults', 'NextToken', 'Filters']);
  const found = cut(input, select(input, account).filter(readCommandFilters(input)));
  return { Commands: found.items.map(describeCommand), NextToken: found.nextToken };
}

/** ListCommandInvocations. Only with `Details` does it hold what the scripts printed, up to 2,500 each. */
export function listCommandInvocations(input: Input, account: Account): object {
  refuseUnsupported(input, ['CommandId', 'InstanceId', 'MaxResults', 'NextToken', 'Details']);
  const instanceId = text(input, 'InstanceId');
  const invocations = select(input, account).flatMap((command) =>
    command.invocations
      .filter((invocation) => instanceId === undefined || invocation.instanceId === instanceId)
      .map((invocation) => ({ command, invocation })),
  );
  const found = cut(input, invocations);
  for (const command of select(input, account)) {
    if (command.invocations.every(isOver)) command.wasRead = true;
  }
  const details = input['Details'] === true;
  return {
    CommandInvocations: found.items.map(({ command, invocation }) => ({
      ...describeInvocation(command, invocation),
      RequestedDateTime: seconds(command.requestedAt),
      CommandPlugins: details ? [describePlugin(command, invocation)] : [],
    })),
    NextToken: found.nextToken,
  };
}

/** GetCommandInvocation: one node, up to 24,000 of stdout and 8,000 of stderr. */
export function getCommandInvocation(input: Input, account: Account): object {
  refuseUnsupported(input, ['CommandId', 'InstanceId', 'PluginName']);
  const { command, invocation } = findInvocation(input, account);
  return {
    ...describeInvocation(command, invocation),
    PluginName: command.plugin,
    ResponseCode: responseCode(invocation),
    ExecutionStartDateTime: invocation.startedAt?.toISOString() ?? '',
    ExecutionEndDateTime: invocation.endedAt?.toISOString() ?? '',
    StandardOutputContent: invocation.result?.stdout ?? '',
    StandardErrorContent: invocation.result?.stderr ?? '',
  };
}

function findInvocation(input: Input, account: Account) {
  const command = account.commands.get(requiredText(input, 'CommandId'));
  const instanceId = requiredText(input, 'InstanceId');
  const invocation = command?.invocations.find((candidate) => candidate.instanceId === instanceId);
  if (command !== undefined && invocation !== undefined) return { command, invocation };
  throw new ServiceError(
    'InvocationDoesNotExist',
    'The command ID and managed node ID you specified did not match any invocations',
  );
}

/** A command as SendCommand and ListCommands show it. */
export function describeCommand(command: Command): object {
  const { requestedAt, deliverySeconds, executionSeconds } = command;
  const lifetime = (deliverySeconds + executionSeconds) * 1000;
  return {
    CommandId: command.commandId,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    Comment: command.comment,
    Parameters: command.parameters,
    InstanceIds: command.invocations.map(({ instanceId }) => instanceId),
    Targets: [],
    RequestedDateTime: seconds(requestedAt),
    ExpiresAfter: seconds(new Date(requestedAt.getTime() + lifetime)),
    TimeoutSeconds: deliverySeconds,
    MaxConcurrency: command.maxConcurrency.asked,
    MaxErrors: command.maxErrors.asked,
    ...statusOf(command),
  };
}

function describeInvocation(command: Command, { instanceId, state }: Invocation): object {
  return {
    CommandId: command.commandId,
    InstanceId: instanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    Status: invocationStates[state],
    StatusDetails: state,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
  };
}

function describePlugin({ plugin }: Command, invocation: Invocation): object {
  const { state, startedAt, endedAt, result } = invocation;
  return {
    Name: plugin,
    Status: invocationStates[state],
    StatusDetails: state,
    ResponseCode: responseCode(invocation),
    ...(startedAt === undefined ? {} : { ResponseStartDateTime: seconds(startedAt) }),
    ...(endedAt === undefined ? {} : { ResponseFinishDateTime: seconds(endedAt) }),
    Output: result?.pluginOutput ?? '',
  };
}

/** -1 until a script has ended, or if none ran. */
function responseCode(invocation: Invocation): number {
  return isOver(invocation) ? (invocation.result?.responseCode ?? -1) : -1;
}

function select(input: Input, { commands }: Account): Command[] {
  const id = text(input, 'CommandId');
  if (id !== undefined && !commandId.test(id)) {
    throw new ServiceError('InvalidCommandId', `'${id}' is not a command id`);
  }
  const instanceId = text(input, 'InstanceId');
  return [...commands.values()]
    .filter((command) => id === undefined || command.commandId === id)
    .filter(
      ({ invocations }) =>
        instanceId === undefined || invocations.some((one) => one.instanceId === instanceId),
    )
    .reverse();
}

function cut<T>(input: Input, items: readonly T[]): Page<T> {
  const size = whole(input, 'MaxResults', PAGE) ?? PAGE.max;
  return page(
    items,
    size,
    text(input, 'NextToken'),
    () => new ServiceError('InvalidNextToken', 'The specified token is not valid.'),
  );
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
