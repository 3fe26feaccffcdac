import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExecutable } from './executable.js';
import { pluginOutput, standardError, standardOutput } from './ssm-output.js';

/** The order of Run Command for one host. */
export interface ScriptOptions {
  /** `runCommand` of the document: the agent joins the lines to one script. */
  readonly lines: readonly string[];
  readonly instanceId: string;
  readonly region: string;
  readonly commandId?: string;
  /** Seconds until the script and everything in its process group is killed. @default 3600 */
  readonly timeoutSeconds?: number;
  /** Added to the environment; a `PATH` here replaces the agent's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The agent shuts down: the script is killed, and has failed. */
  readonly signal?: AbortSignal;
}

/** One invocation as the service hands it out. */
export interface ScriptResult {
  readonly status: 'Success' | 'Failed' | 'TimedOut';
  /** Exit code; 137 when the agent killed the script, -1 when another signal ended it. */
  readonly responseCode: number;
  /** `StandardOutputContent`: at most 24,000 bytes. */
  readonly stdout: string;
  /** `StandardErrorContent`: at most 8,000 bytes. */
  readonly stderr: string;
  /** `CommandPlugins[].Output`: at most 2,500 bytes of both. */
  readonly pluginOutput: string;
}

const STOPPED = 137;
/** Ends the document as a success (168), or asks for a reboot and another run (194). */
const SPECIAL_EXIT_CODES = [168, 194];
const AGENT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a script as the agent's `aws:runShellScript` does: written to `_script.sh` (mode 0700) in an
 * orchestration directory of its own, then `sh -c <path>`, so that its first line chooses the shell.
 * Unlike the agent's, the working directory is that directory, so a stray file goes when it goes.
 *
 * Fails if the script exits with 168 or 194: the simulator lacks what they mean to the agent.
 *
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/runscript/runscript.go
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/executers/executers.go
 */
export async function runScript(options: ScriptOptions): Promise<ScriptResult> {
  const directory = await mkdtemp(join(tmpdir(), 'ssm-orchestration-'));
  try {
    const script = join(directory, '_script.sh');
    await writeExecutable(script, `${options.lines.join('\n')}\n`);
    return toResult(await execute(script, directory, options));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * The seconds that the agent allows a script, given `timeoutSeconds` of the document: from 5 to
 * 172,800. Anything else silently becomes 3,600.
 */
export function executionTimeout(timeoutSeconds: number | string | undefined): number {
  const seconds = Math.trunc(Number(timeoutSeconds));
  return seconds >= 5 && seconds <= 172_800 ? seconds : 3600;
}

interface Execution {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why the agent killed it, if it did. */
  readonly stopped: 'timeout' | 'shutdown' | undefined;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

function execute(script: string, directory: string, options: ScriptOptions): Promise<Execution> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', script], {
      cwd: directory,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: agentEnvironment(options),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));

    let stopped: Execution['stopped'];
    const stop = (reason: Execution['stopped']) => {
      stopped ??= reason;
      killGroup(child);
      // A process that left the group may hold the pipes open for ever; the agent does not wait for it.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const shutDown = () => {
      stop('shutdown');
    };
    const timer = setTimeout(
      () => {
        stop('timeout');
      },
      (options.timeoutSeconds ?? 3600) * 1000,
    );
    options.signal?.addEventListener('abort', shutDown, { once: true });
    if (options.signal?.aborted === true) shutDown();
    const release = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', shutDown);
    };

    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      const [out, err] = [Buffer.concat(stdout), Buffer.concat(stderr)];
      resolve({ code, signal, stopped, stdout: out, stderr: err });
    });
  });
}

function agentEnvironment({ instanceId, region, commandId, environment }: ScriptOptions) {
  return {
    PATH: AGENT_PATH,
    ...environment,
    ...(commandId === undefined ? {} : { SSM_COMMAND_ID: commandId }),
    AWS_SSM_INSTANCE_ID: instanceId,
    AWS_SSM_REGION_NAME: region,
  };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // The group has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function toResult(execution: Execution): ScriptResult {
  const responseCode = execution.stopped === undefined ? (execution.code ?? -1) : STOPPED;
  if (SPECIAL_EXIT_CODES.includes(responseCode)) {
    throw new Error(`a simulated script may not exit with 168 or 194, got ${responseCode}`);
  }

  const status = statusOf(execution, responseCode);
  const complaint =
    status === 'Failed' ? `failed to run commands: ${exitText(execution, responseCode)}` : '';
  const stderr = Buffer.concat([execution.stderr, Buffer.from(complaint)]);
  return {
    status,
    responseCode,
    stdout: standardOutput(execution.stdout).toString(),
    stderr: standardError(stderr).toString(),
    pluginOutput: pluginOutput(execution.stdout, stderr).toString(),
  };
}

/** The agent judges by the code alone: a script that exits with 137 by itself has timed out too. */
function statusOf({ stopped }: Execution, responseCode: number): ScriptResult['status'] {
  if (responseCode === 0) return 'Success';
  return responseCode === STOPPED && stopped !== 'shutdown' ? 'TimedOut' : 'Failed';
}

function exitText({ signal }: Execution, responseCode: number): string {
  if (signal === null) return `exit status ${responseCode}`;
  return signal === 'SIGKILL' ? 'signal: killed' : `signal: ${signal}`;
}
