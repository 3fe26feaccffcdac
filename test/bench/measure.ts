import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a command cost. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of the command and all that it started. */
  readonly cpuSeconds: number;
}

/** Runs a shell command and sums up what it cost; what it prints is thrown away. */
export function cost(command: string, environment: NodeJS.ProcessEnv): Cost {
  // `times` tells the time of the shell, and of what it waited for.
  const script = `{ ${command}; } >/dev/null 2>&1; times`;
  const start = process.hrtime.bigint();
  const printed = execFileSync('bash', ['-c', script], { env: environment, encoding: 'utf8' });
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  const cpuSeconds = [...printed.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
  return { wallSeconds, cpuSeconds };
}

/**
 * KiB of memory at the most, over the processes of a command that live at one moment. Pages that several
 * processes share count once.
 *
 * @see https://docs.kernel.org/filesystems/proc.html - Pss of smaps_rollup
 */
export async function peakKiB(command: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn('bash', ['-c', `exec ${command} >/dev/null 2>&1`], {
    env: environment,
    stdio: 'ignore',
  });
  let most = 0;
  while (child.exitCode === null) {
    const now = descendants(child.pid ?? 0).reduce((sum, pid) => sum + proportional(pid), 0);
    most = Math.max(most, now);
    await new Promise(setImmediate);
  }
  return most;
}

function descendants(of: number): number[] {
  const children = readProc(`${of}/task/${of}/children`).trim().split(' ').map(Number);
  return [of, ...children.filter((pid) => pid > 0).flatMap(descendants)];
}

function proportional(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readProc(`${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Empty for a process that has just ended. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
