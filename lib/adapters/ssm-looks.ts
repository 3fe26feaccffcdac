import { ListCommandsCommand, paginateListCommands, type SSMClient } from '@aws-sdk/client-ssm';
import pMap from 'p-map';
import { BATCH_SIZE } from '../core/run/batches.js';
import type { RunningCommands } from '../core/run/ports.js';
import type { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** Run Command publishes no request rates: a house choice. */
const AT_ONCE = 5;

/** Commands in these states still wait for a node. */
const UNFINISHED = new Set(['Pending', 'InProgress', 'Cancelling']);

/** Looks how far commands are. */
export class SsmLooks {
  constructor(
    private readonly ssm: SSMClient,
    private readonly documentName: string,
    private readonly attempts: ServiceAttempts,
  ) {}

  /** All of them run for what is known, where Systems Manager does not tell. */
  async running(commandIds: readonly string[]): Promise<RunningCommands> {
    const statuses = await this.attempts.attempt('ssm:ListCommands', () =>
      this.statuses(commandIds),
    );
    if (statuses instanceof Failure) {
      const gap = statuses.gap('commands', 'how far the commands are');
      return { running: commandIds, gaps: [gap] };
    }
    return { running: commandIds.filter((id) => UNFINISHED.has(statuses?.get(id) ?? 'Pending')) };
  }

  private async statuses(commandIds: readonly string[]): Promise<Map<string, string>> {
    const statuses = await this.recentStatuses(commandIds);
    const unlisted = commandIds.filter((id) => !statuses.has(id));
    const asked = await pMap(unlisted, (id) => this.status(id), { concurrency: AT_ONCE });
    for (const [at, id] of unlisted.entries()) statuses.set(id, asked[at] ?? 'Pending');
    return statuses;
  }

  /** One call per 50 commands. Leaves out what it does not find among the document's last commands. */
  private async recentStatuses(commandIds: readonly string[]): Promise<Map<string, string>> {
    const statuses = new Map<string, string>();
    if (commandIds.length < 2) return statuses;
    const wanted = new Set(commandIds);
    let pagesLeft = Math.ceil(commandIds.length / BATCH_SIZE) + 1;
    const pages = paginateListCommands(
      { client: this.ssm, pageSize: BATCH_SIZE },
      { Filters: [{ key: 'DocumentName', value: this.documentName }] },
    );
    for await (const { Commands } of pages) {
      for (const { CommandId: id, Status: status } of listed(Commands, 'Commands')) {
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
    return listed(Commands, 'Commands')[0]?.Status;
  }
}
