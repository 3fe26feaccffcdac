import {
  type CommandInvocation,
  GetCommandInvocationCommand,
  type InstanceInformation,
  InvalidDocument,
  InvalidInstanceId,
  InvocationDoesNotExist,
  ListCommandsCommand,
  paginateDescribeInstanceInformation,
  paginateListCommandInvocations,
  paginateListCommands,
  SendCommandCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import pMap from 'p-map';
import { BATCH_SIZE, DELIVERY_SECONDS, EXECUTION_SECONDS } from '../core/run/batches.js';
import { present } from '../core/text/present.js';
import { isDeniedInstance, type LeftOut, type Refusal } from '../core/run/left-out.js';
import { isCut, outcomeOf } from '../core/run/invocation-outcome.js';
import type { Invocation, NodeProbe, Reachability, SentCommand } from '../core/run/ports.js';

/** The document that runs any shell script, for accounts without the probe's own document. */
export const SHELL_DOCUMENT = 'AWS-RunShellScript';

const COMMENT_LIMIT = 100;
/** Run Command publishes no request rates: a house choice. */
const AT_ONCE = 5;

/** Commands in these states still wait for a node. */
const UNFINISHED = new Set(['Pending', 'InProgress', 'Cancelling']);

function platformOf({
  PlatformName: name,
  PlatformVersion: version,
}: InstanceInformation): Reachability['platform'] {
  return name === undefined ? undefined : present({ name, version });
}

/** How the nodes are asked. */
export interface SsmProbeOptions {
  /** Name or ARN of the SSM document to run. */
  readonly documentName: string;
  /** The probe's text. `AWS-RunShellScript` needs it; our own document holds it. */
  readonly script?: string;
  /** Whether this text is one complete answer of the probe. */
  readonly isAnswer: (text: string) => boolean;
}

/** Asks EC2 instances through Systems Manager Run Command. */
export class SsmProbe implements NodeProbe {
  constructor(
    private readonly ssm: SSMClient,
    private readonly options: SsmProbeOptions,
  ) {
    if (options.documentName === SHELL_DOCUMENT && options.script === undefined) {
      throw new Error(`'${SHELL_DOCUMENT}' needs the script of the probe, got none`);
    }
  }

  async reachability(): Promise<Reachability[]> {
    const nodes: Reachability[] = [];
    const pages = paginateDescribeInstanceInformation(
      { client: this.ssm, pageSize: BATCH_SIZE },
      {},
    );
    for await (const { InstanceInformationList: known = [] } of pages) {
      for (const { InstanceId: instanceId, PingStatus, ...told } of known) {
        const online = PingStatus === 'Online';
        const platform = platformOf(told);
        if (instanceId !== undefined) nodes.push(present({ instanceId, online, platform }));
      }
    }
    return nodes;
  }

  async send(instanceIds: readonly string[], comment: string): Promise<SentCommand> {
    if (instanceIds.length > BATCH_SIZE) {
      throw new Error(`a command goes to at most ${BATCH_SIZE} nodes, got ${instanceIds.length}`);
    }
    const left: { refused: string[]; denied: string[] } = { refused: [], denied: [] };
    let wanted = [...instanceIds];
    while (wanted.length > 0) {
      const sent = await this.trySend(wanted, comment);
      if (typeof sent === 'string') {
        return { commandId: sent, instanceIds: wanted, ...withoutNone(left) };
      }

      const bad = await this.leftOutBy(sent, wanted, comment);
      if (bad.length === 0) throw sent.error;
      for (const { id, kind } of bad) left[kind].push(id);
      wanted = wanted.filter((id) => bad.every((one) => one.id !== id));
    }
    return { instanceIds: [], ...withoutNone(left) };
  }

  /** The command's id, or why all of these nodes got none. */
  private async trySend(instanceIds: string[], comment: string): Promise<string | Refusal> {
    const { documentName, script } = this.options;
    try {
      const { Command } = await this.ssm.send(
        new SendCommandCommand({
          DocumentName: documentName,
          // Whoever goes back to an older version is obeyed; the answers say which one ran.
          DocumentVersion: '$DEFAULT',
          InstanceIds: instanceIds,
          Comment: comment.slice(0, COMMENT_LIMIT),
          // The default, 0 errors, would stop the rest after the first node that fails.
          MaxErrors: '100%',
          MaxConcurrency: '100%',
          TimeoutSeconds: DELIVERY_SECONDS,
          ...(documentName === SHELL_DOCUMENT && { Parameters: shellParameters(script ?? '') }),
        }),
      );
      if (Command?.CommandId !== undefined) return Command.CommandId;
    } catch (error) {
      if (error instanceof InvalidInstanceId) return { kind: 'refused', error };
      if (isDeniedInstance(error)) return { kind: 'denied', error };
      if (error instanceof InvalidDocument) throw missingDocument(documentName, error);
      throw error;
    }
    throw new Error(`Systems Manager took a command of '${documentName}' and gave it no id`);
  }

  /**
   * Which nodes made Systems Manager or IAM refuse the whole command. The message usually names them. If not,
   * each half is asked by itself: the halves that get it run the probe once more than needed, and the probe
   * only reads.
   */
  private async leftOutBy(
    { kind, error }: Refusal,
    instanceIds: readonly string[],
    comment: string,
  ): Promise<readonly LeftOut[]> {
    const words = new Set(error.message.match(/[\w-]+/g));
    const named = instanceIds.filter((id) => words.has(id));
    if (named.length > 0) return named.map((id) => ({ id, kind }));
    if (instanceIds.length === 1) return instanceIds.map((id) => ({ id, kind }));

    const middle = Math.ceil(instanceIds.length / 2);
    const leftOut: LeftOut[] = [];
    for (const half of [instanceIds.slice(0, middle), instanceIds.slice(middle)]) {
      const sent = await this.trySend(half, comment);
      if (typeof sent !== 'string') leftOut.push(...(await this.leftOutBy(sent, half, comment)));
    }
    return leftOut;
  }

  async running(commandIds: readonly string[]): Promise<string[]> {
    const statuses = await this.recentStatuses(commandIds);
    const unlisted = commandIds.filter((id) => !statuses.has(id));
    const asked = await pMap(unlisted, (id) => this.status(id), { concurrency: AT_ONCE });
    for (const [at, id] of unlisted.entries()) statuses.set(id, asked[at] ?? 'Pending');
    return commandIds.filter((id) => UNFINISHED.has(statuses.get(id) ?? 'Pending'));
  }

  /** One call per 50 commands. Leaves out what it does not find among the document's last commands. */
  private async recentStatuses(commandIds: readonly string[]): Promise<Map<string, string>> {
    const statuses = new Map<string, string>();
    if (commandIds.length < 2) return statuses;
    const wanted = new Set(commandIds);
    let pagesLeft = Math.ceil(commandIds.length / BATCH_SIZE) + 1;
    const pages = paginateListCommands(
      { client: this.ssm, pageSize: BATCH_SIZE },
      { Filters: [{ key: 'DocumentName', value: this.options.documentName }] },
    );
    for await (const { Commands: commands = [] } of pages) {
      for (const { CommandId: id, Status: status } of commands) {
        if (id !== undefined && status !== undefined && wanted.has(id)) statuses.set(id, status);
      }
      pagesLeft -= 1;
      if (pagesLeft === 0 || statuses.size === wanted.size) break;
    }
    return statuses;
  }

  /** Nothing while Systems Manager does not yet list a command that it has just taken. */
  private async status(commandId: string): Promise<string | undefined> {
    const { Commands } = await this.ssm.send(new ListCommandsCommand({ CommandId: commandId }));
    return Commands?.[0]?.Status;
  }

  async read(commandId: string): Promise<Invocation[]> {
    const invocations: CommandInvocation[] = [];
    const pages = paginateListCommandInvocations(
      { client: this.ssm, pageSize: BATCH_SIZE },
      { CommandId: commandId, Details: true },
    );
    for await (const page of pages) invocations.push(...(page.CommandInvocations ?? []));
    const known = invocations.flatMap(({ InstanceId: instanceId, ...rest }) =>
      instanceId === undefined ? [] : [{ instanceId, ...rest }],
    );
    return pMap(known, (invocation) => this.outcome(commandId, invocation), {
      concurrency: AT_ONCE,
    });
  }

  private async outcome(
    commandId: string,
    {
      instanceId,
      Status,
      StatusDetails,
      CommandPlugins,
    }: CommandInvocation & { instanceId: string },
  ): Promise<Invocation> {
    const outcome = outcomeOf(Status, StatusDetails);
    if (outcome === 'running') return { instanceId, status: 'running' };
    if (outcome !== 'ended') return { instanceId, status: 'silent', reason: outcome };

    const text = CommandPlugins?.[0]?.Output ?? '';
    if (this.options.isAnswer(text)) return { instanceId, status: 'answered', text };
    return this.readAgain(commandId, instanceId, text);
  }

  /** The list carries 2,500 bytes of stdout and stderr together; this call 24,000 of stdout alone. */
  private async readAgain(
    commandId: string,
    instanceId: string,
    listed: string,
  ): Promise<Invocation> {
    const text = (await this.standardOutput(commandId, instanceId)) ?? listed;
    if (this.options.isAnswer(text)) return { instanceId, status: 'answered', text };
    return { instanceId, status: 'silent', reason: isCut(text) ? 'truncated' : 'unreadable' };
  }

  /** Nothing if Systems Manager lists the invocation but does not yet, or no longer, give it by itself. */
  private async standardOutput(CommandId: string, InstanceId: string): Promise<string | undefined> {
    const request = new GetCommandInvocationCommand({ CommandId, InstanceId });
    try {
      return (await this.ssm.send(request)).StandardOutputContent;
    } catch (error) {
      if (error instanceof InvocationDoesNotExist) return undefined;
      throw error;
    }
  }
}

function shellParameters(script: string): Record<string, string[]> {
  return { commands: script.split('\n'), executionTimeout: [String(EXECUTION_SECONDS)] };
}

function missingDocument(name: string, cause: InvalidDocument): Error {
  return new Error(
    `the SSM document '${name}' does not exist in this account and Region: deploy the stack that holds it, or run with '--document ${SHELL_DOCUMENT}'`,
    { cause },
  );
}

/** Few commands meet a node that the role may not ask. */
function withoutNone({ refused, denied }: { refused: string[]; denied: string[] }) {
  return { refused, ...(denied.length > 0 && { denied }) };
}
