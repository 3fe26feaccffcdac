import {
  InvalidDocument,
  InvalidInstanceId,
  SendCommandCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { BATCH_SIZE, DELIVERY_SECONDS, EXECUTION_SECONDS } from '../core/run/batches.js';
import { isAboutDocument, isDeniedInstance, type LeftOut } from '../core/run/left-out.js';
import type { SentCommand } from '../core/run/ports.js';
import type { ServiceAttempts } from './service-attempts.js';
import { endedBy, Failure, failureOf, ServiceError } from './service-error.js';

/** The document that runs any shell script, for accounts without the probe's own document. */
export const SHELL_DOCUMENT = 'AWS-RunShellScript';

const OPERATION = 'ssm:SendCommand';
const COMMENT_LIMIT = 100;

/** What is sent. */
export interface Sending {
  /** Name or ARN of the SSM document to run. */
  readonly documentName: string;
  /** The probe's text. `AWS-RunShellScript` needs it; our own document holds it. */
  readonly script?: string;
}

/** A command that was refused because of a node that it goes to. */
interface Refusal {
  readonly kind: 'refused' | 'denied';
  readonly error: Error;
}

/** Sends the probe, and leaves out the nodes to which it cannot go. */
export class SsmSend {
  constructor(
    private readonly ssm: SSMClient,
    private readonly sending: Sending,
    private readonly attempts: ServiceAttempts,
  ) {}

  /** Fails where the document is missing or refused: no other node would fare better. */
  async send(instanceIds: readonly string[], comment: string): Promise<SentCommand> {
    if (instanceIds.length > BATCH_SIZE) {
      throw new Error(`a command goes to at most ${BATCH_SIZE} nodes, got ${instanceIds.length}`);
    }
    const left: LeftOut[] = [];
    const failures: Failure[] = [];
    let wanted = [...instanceIds];
    while (wanted.length > 0) {
      const sent = await this.trySend(wanted, comment);
      if (typeof sent === 'string') {
        return { commandId: sent, instanceIds: wanted, ...outcome(left, failures) };
      }
      const bad = await this.leftOutBy(sent, wanted, comment, failures);
      left.push(...bad);
      wanted = wanted.filter((id) => bad.every((one) => one.id !== id));
    }
    return { instanceIds: [], ...outcome(left, failures) };
  }

  /** The command's id, or why all of these nodes got none. */
  private async trySend(
    instanceIds: string[],
    comment: string,
  ): Promise<string | Refusal | Failure> {
    const sent = await this.attempts.attempt(OPERATION, async () => {
      try {
        return await this.sendOnce(instanceIds, comment);
      } catch (error) {
        if (error instanceof InvalidInstanceId) return { kind: 'refused', error } as const;
        if (isDeniedInstance(error)) return { kind: 'denied', error } as const;
        if (isAboutDocument(error)) return { kind: 'document', error } as const;
        throw error;
      }
    });
    if (sent === undefined) return new Failure(OPERATION, 'failed', 'not found');
    if (typeof sent === 'string' || sent instanceof Failure) return sent;
    if (sent.kind === 'document') throw this.withoutDocument(sent.error);
    return sent;
  }

  private async sendOnce(instanceIds: string[], comment: string): Promise<string> {
    const { documentName, script } = this.sending;
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
    if (Command?.CommandId === undefined) throw new Error('the command was taken and got no id');
    return Command.CommandId;
  }

  /**
   * Which nodes made Systems Manager or IAM refuse the whole command. The message usually names them. If not,
   * each half is asked by itself: the halves that get it run the probe once more than needed, and the probe
   * only reads. All of them, where the nodes are not to blame.
   */
  private async leftOutBy(
    sent: Refusal | Failure,
    instanceIds: readonly string[],
    comment: string,
    failures: Failure[],
  ): Promise<readonly LeftOut[]> {
    if (sent instanceof Failure) {
      failures.push(sent);
      return instanceIds.map((id) => ({ id, kind: 'unsent' }));
    }
    const { kind, error } = sent;
    const words = new Set(error.message.match(/[\w-]+/g));
    const named = instanceIds.filter((id) => words.has(id));
    if (named.length > 0) return named.map((id) => ({ id, kind }));
    if (instanceIds.length === 1) return instanceIds.map((id) => ({ id, kind }));

    const middle = Math.ceil(instanceIds.length / 2);
    const leftOut: LeftOut[] = [];
    for (const half of [instanceIds.slice(0, middle), instanceIds.slice(middle)]) {
      const part = await this.trySend(half, comment);
      if (typeof part === 'string') continue;
      leftOut.push(...(await this.leftOutBy(part, half, comment, failures)));
    }
    if (leftOut.length > 0) return leftOut;
    return this.leftOutBy(failureOf(OPERATION, error), instanceIds, comment, failures);
  }

  private withoutDocument(error: Error): Error {
    const { documentName } = this.sending;
    if (!(error instanceof InvalidDocument)) {
      return endedBy(failureOf(OPERATION, error), `of '${documentName}'`, error);
    }
    return new ServiceError(
      `the SSM document '${documentName}' does not exist in this account and Region: deploy the stack that holds it, or run with '--document ${SHELL_DOCUMENT}'`,
      { cause: error },
    );
  }
}

function shellParameters(script: string): Record<string, string[]> {
  return { commands: script.split('\n'), executionTimeout: [String(EXECUTION_SECONDS)] };
}

/** Few commands meet a node that the role may not ask, or none at all. */
function outcome(
  left: readonly LeftOut[],
  failures: readonly Failure[],
): Pick<SentCommand, 'refused' | 'denied' | 'unsent' | 'gaps'> {
  const of = (kind: LeftOut['kind']) => left.filter((one) => one.kind === kind).map(({ id }) => id);
  const [denied, unsent] = [of('denied'), of('unsent')];
  return {
    refused: of('refused'),
    ...(denied.length > 0 && { denied }),
    ...(unsent.length > 0 && { unsent }),
    ...(failures.length > 0 && {
      gaps: failures.map((failure) => failure.gap('commands', 'commands to nodes')),
    }),
  };
}
