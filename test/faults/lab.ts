import { exitCode } from '../../lib/cli/exit-codes.js';
import type { Report } from '../../lib/core/judge/report.js';
import type { AuditSummary } from '../../lib/core/run/audit-fleet.js';
import { tickRunId } from '../../lib/run-id.js';
import { AuditProcess, type Asked } from './audits.js';
import { FakeAccount } from './fake-account.js';
import type { Call, Fault, FaultKind } from './fake/fault.js';
import type { Told } from './fake/receivers.js';
import type { World } from './fake/world.js';
import { SimulatedTime } from './simulated-time.js';
import { changesOf, type Changes } from './told.js';

/** The time of a tick, so many hours after the first one. */
export function tick(hours: number): string {
  return new Date(Date.parse('2026-11-23T08:00:00.000Z') + hours * 3_600_000).toISOString();
}

/** What became of one audit. */
export interface Ran {
  readonly runId: string;
  /** What ended it. */
  readonly error?: Error;
  readonly summary?: AuditSummary;
  /** Simulated seconds. */
  readonly seconds: number;
  /** What it left in the bucket. */
  readonly report?: Report;
  /** Exit status of the command line for the same. */
  readonly exit: number;
}

/** How one audit is carried out. */
export interface Options extends Omit<Partial<Asked>, 'runId'> {
  /** The tick that it is about. @default - the time at which it begins */
  readonly scheduled?: string;
}

/** Where audits of the fake account are carried out, one world after the other. */
export class Lab {
  private constructor(
    readonly account: FakeAccount,
    private readonly time: SimulatedTime,
  ) {}

  static async open(): Promise<Lab> {
    const account = await FakeAccount.start();
    return new Lab(account, new SimulatedTime(account));
  }

  async close(): Promise<void> {
    await this.account.stop();
  }

  /** A new account with this fleet, in which this fails. */
  async set(world: World, faults: readonly Fault[] = []): Promise<void> {
    await this.account.order('reset', world);
    await this.account.order('fail', faults);
  }

  async fail(...faults: readonly Fault[]): Promise<void> {
    await this.account.order('fail', faults);
  }

  /** One audit of the account in a process of its own, so many hours after the first tick. */
  async audit(hours: number, options: Options = {}): Promise<Ran> {
    const { scheduled = tick(hours), ...asked } = options;
    const runId = tickRunId(scheduled);
    return this.at(tick(hours), async () => {
      const process = new AuditProcess(this.account);
      try {
        return await this.ran(runId, process.audit({ ...asked, runId }));
      } finally {
        process.die();
      }
    });
  }

  /** Two executions at once, each in a process of its own. */
  async auditTwice(hours: number, ticks: readonly [string, string]): Promise<readonly Ran[]> {
    return this.at(tick(hours), async () => {
      const processes = ticks.map((one) => ({
        runId: tickRunId(one),
        process: new AuditProcess(this.account),
      }));
      const runs = processes.map(({ runId, process }) => process.audit({ runId }));
      await this.time.passWhile(Promise.allSettled(runs));
      for (const { process } of processes) process.die();
      return Promise.all(runs.map((run, at) => this.ran(processes[at]?.runId ?? '', run)));
    });
  }

  /** An audit whose process dies at the first call that meets a `crash`. True: it died. */
  async auditUntilCrash(hours: number, scheduled: string = tick(hours)): Promise<boolean> {
    return this.at(tick(hours), async () => {
      const process = new AuditProcess(this.account);
      const crash = new Promise<'crashed'>((resolve) => {
        this.account.onCrash = () => {
          process.die();
          this.time.forget();
          resolve('crashed');
        };
      });
      const work = process.audit({ runId: tickRunId(scheduled) });
      const { value } = await this.time.passWhile(Promise.race([work, crash]));
      this.account.onCrash = () => undefined;
      process.die();
      return value === 'crashed';
    });
  }

  async told(): Promise<Told> {
    return this.account.order('told');
  }

  async changes(): Promise<Changes> {
    return changesOf(await this.told());
  }

  async calls(): Promise<readonly Call[]> {
    return this.account.order('calls');
  }

  /** Whether a call met this fault: one that nothing meets proves nothing. */
  async met(kind: FaultKind): Promise<boolean> {
    return (await this.calls()).some((call) => call.met === kind);
  }

  /** The one object whose key ends so; nothing if there is none. */
  async object(end: string): Promise<unknown> {
    const keys = await this.account.order('keys', '');
    const key = keys.find((one) => one.endsWith(end));
    const text = key === undefined ? undefined : await this.account.text(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  private async at<T>(time: string, work: () => Promise<T>): Promise<T> {
    this.time.begin(time);
    try {
      return await work();
    } finally {
      this.time.end();
    }
  }

  private async ran(runId: string, work: Promise<AuditSummary>): Promise<Ran> {
    const began = Date.now();
    try {
      const { value: summary, seconds } = await this.time.passWhile(work);
      const report = (await this.object(`${runId}/report.json`)) as Report | undefined;
      const exit = report === undefined ? 3 : exitCode(report);
      return { runId, summary, seconds, exit, ...(report !== undefined && { report }) };
    } catch (error) {
      const seconds = (Date.now() - began) / 1_000;
      return { runId, error: asError(error), seconds, exit: 3 };
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
