import type { SSMClient } from '@aws-sdk/client-ssm';
import type {
  KnownNodes,
  NodeProbe,
  ReadCommand,
  RunningCommands,
  SentCommand,
} from '../core/run/ports.js';
import { ServiceAttempts } from './service-attempts.js';
import { SsmAnswers } from './ssm-answers.js';
import { SsmLooks } from './ssm-looks.js';
import { knownNodes } from './ssm-nodes.js';
import { SHELL_DOCUMENT, SsmSend, type Sending } from './ssm-send.js';

/** How the nodes are asked. */
export interface SsmProbeOptions extends Sending {
  /** Whether this text is one complete answer of the probe. */
  readonly isAnswer: (text: string) => boolean;
}

/** Asks EC2 instances through Systems Manager Run Command. */
export class SsmProbe implements NodeProbe {
  private readonly sender: SsmSend;
  private readonly looks: SsmLooks;
  private readonly answers: SsmAnswers;

  constructor(
    private readonly ssm: SSMClient,
    options: SsmProbeOptions,
    private readonly attempts = new ServiceAttempts(),
  ) {
    const { documentName, script, isAnswer } = options;
    if (documentName === SHELL_DOCUMENT && script === undefined) {
      throw new Error(`'${SHELL_DOCUMENT}' needs the script of the probe, got none`);
    }
    this.sender = new SsmSend(ssm, options, attempts);
    this.looks = new SsmLooks(ssm, documentName, attempts);
    this.answers = new SsmAnswers(ssm, isAnswer, attempts);
  }

  reachability(instanceIds?: readonly string[]): Promise<KnownNodes> {
    return knownNodes(this.ssm, this.attempts, instanceIds);
  }

  send(instanceIds: readonly string[], comment: string): Promise<SentCommand> {
    return this.sender.send(instanceIds, comment);
  }

  running(commandIds: readonly string[]): Promise<RunningCommands> {
    return this.looks.running(commandIds);
  }

  read(commandId: string, instanceIds: readonly string[]): Promise<ReadCommand> {
    return this.answers.read(commandId, instanceIds);
  }
}
