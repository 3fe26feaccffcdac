import {
  type CommandInvocation,
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  InvocationDoesNotExist,
  paginateListCommandInvocations,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import pMap from 'p-map';
import { BATCH_SIZE } from '../core/run/batches.js';
import { beginsLikeAnswer, isCut, outcomeOf, outputOf } from '../core/run/invocation-outcome.js';
import type { Invocation, ReadCommand } from '../core/run/ports.js';
import type { SilentReason } from '../core/node/silent-node.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** Run Command publishes no request rates: a house choice. */
const AT_ONCE = 5;

/** Words by which the stages of a node's command go, and what the node said. */
type Stage = Pick<CommandInvocation, 'Status' | 'StatusDetails'>;

/** What one node did, and why Systems Manager would not give the rest. */
interface Heard {
  /** Absent: Systems Manager does not list the node yet. */
  readonly invocation?: Invocation;
  readonly failure?: Failure;
}

/** Reads what nodes answered to a command. */
export class SsmAnswers {
  constructor(
    private readonly ssm: SSMClient,
    private readonly isAnswer: (text: string) => boolean,
    private readonly attempts: ServiceAttempts,
  ) {}

  /** By one list of them all; where that is refused, node by node. */
  async read(commandId: string, instanceIds: readonly string[]): Promise<ReadCommand> {
    const list = await this.attempts.attempt('ssm:ListCommandInvocations', () =>
      this.list(commandId),
    );
    const heard =
      list instanceof Failure
        ? await this.each(instanceIds, (id) => this.alone(commandId, id))
        : await this.each(list ?? [], (one) => this.listed(commandId, one));
    const failures = [list, ...heard.map(({ failure }) => failure)].filter(
      (one) => one instanceof Failure,
    );
    return {
      invocations: heard.flatMap(({ invocation }) => invocation ?? []),
      gaps: failures.map((failure) => failure.gap('commands', 'answers of nodes')),
    };
  }

  private each<T>(items: readonly T[], work: (item: T) => Promise<Heard>): Promise<Heard[]> {
    return pMap(items, work, { concurrency: AT_ONCE });
  }

  private async list(commandId: string): Promise<(CommandInvocation & { InstanceId: string })[]> {
    const pages = paginateListCommandInvocations(
      { client: this.ssm, pageSize: BATCH_SIZE },
      { CommandId: commandId, Details: true },
    );
    const invocations: CommandInvocation[] = [];
    for await (const { CommandInvocations } of pages) {
      invocations.push(...listed(CommandInvocations, 'CommandInvocations'));
    }
    return invocations.flatMap(({ InstanceId, ...rest }) =>
      InstanceId === undefined ? [] : [{ InstanceId, ...rest }],
    );
  }

  /** What the list says of a node. It carries 2,500 bytes of stdout and stderr together. */
  private async listed(
    commandId: string,
    {
      InstanceId: instanceId,
      CommandPlugins,
      ...stage
    }: CommandInvocation & { InstanceId: string },
  ): Promise<Heard> {
    const text = CommandPlugins?.[0]?.Output ?? '';
    const known = this.heardIn(instanceId, stage, text);
    if (known !== undefined) return { invocation: known };
    // By itself stdout is given alone, with up to 24,000 bytes.
    const answer = await this.get(commandId, instanceId);
    if (answer instanceof Failure) return unread(instanceId, answer);
    const again = answer?.StandardOutputContent ?? text;
    return { invocation: this.judged(instanceId, stage, again) };
  }

  private async alone(commandId: string, instanceId: string): Promise<Heard> {
    const answer = await this.get(commandId, instanceId);
    if (answer instanceof Failure) return unread(instanceId, answer);
    if (answer === undefined) return {};
    const text = answer.StandardOutputContent ?? '';
    const known = this.heardIn(instanceId, answer, text);
    return { invocation: known ?? this.judged(instanceId, answer, text) };
  }

  /** What is certain by this text. Nothing where a second look may find an answer. */
  private heardIn(instanceId: string, stage: Stage, text: string): Invocation | undefined {
    const outcome = outcomeOf(stage.Status, stage.StatusDetails);
    if (outcome === 'running') return { instanceId, status: 'running' };
    if (outcome === 'ended') return this.answered(instanceId, text);
    // A probe that answered whole did its work, whatever the agent made of the rest.
    const answered = this.answered(instanceId, outputOf(text));
    if (answered !== undefined || beginsLikeAnswer(text)) return answered;
    return { instanceId, status: 'silent', reason: outcome };
  }

  /** What this text comes to, when there is no better one. */
  private judged(instanceId: string, stage: Stage, text: string): Invocation {
    const outcome = outcomeOf(stage.Status, stage.StatusDetails);
    const unusable: SilentReason = isCut(text) ? 'truncated' : 'unreadable';
    const reason = outcome === 'ended' || outcome === 'running' ? unusable : outcome;
    return this.answered(instanceId, text) ?? { instanceId, status: 'silent', reason };
  }

  private answered(instanceId: string, text: string): Invocation | undefined {
    return this.isAnswer(text) ? { instanceId, status: 'answered', text } : undefined;
  }

  /** Nothing if Systems Manager does not yet, or no longer, give the invocation by itself. */
  private get(
    CommandId: string,
    InstanceId: string,
  ): Promise<GetCommandInvocationCommandOutput | Failure | undefined> {
    return this.attempts.attempt('ssm:GetCommandInvocation', async () => {
      try {
        return await this.ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
      } catch (error) {
        if (error instanceof InvocationDoesNotExist) return undefined;
        throw error;
      }
    });
  }
}

function unread(instanceId: string, failure: Failure): Heard {
  const reason = failure.reason === 'not-permitted' ? 'access-denied' : 'not-read';
  return { invocation: { instanceId, status: 'silent', reason }, failure };
}
