import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { executionTimeout, runScript } from '../../lib/simulator/ssm-agent.js';
import type { ScriptOptions } from '../../lib/simulator/ssm-agent.js';
import { eventually } from '../support/eventually.js';
import { PROBE } from '../support/probe.js';

function run(lines: readonly string[], options: Partial<ScriptOptions> = {}) {
  return runScript({ lines, instanceId: 'i-0123456789abcdef0', region: 'eu-west-1', ...options });
}

/**
 * Runs lines that write to the file they are given when they have come as far as the test is about, and
 * lets their time run out then: the clock of the agent stands still before.
 */
async function runOutOfTime(lines: (reached: string) => readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'ssm-agent-test-'));
  const reached = join(folder, 'reached');
  await promisify(execFile)('mkfifo', [reached]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
    return rm(folder, { recursive: true });
  });
  const result = run(lines(reached), { timeoutSeconds: 60 });
  await readFile(reached);
  // What was printed before lies in the pipe, and is read in the next turn.
  await turn();
  await turn();
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  return result;
}

describe('a script run as the agent does', () => {
  it('succeeds with what it printed', async () => {
    expect(await run(['echo one', 'echo two'])).toEqual({
      status: 'Success',
      responseCode: 0,
      stdout: 'one\ntwo\n',
      stderr: '',
      pluginOutput: 'one\ntwo\n',
    });
  });

  it("fails with its exit code, and the agent's word on it at the end of stderr", async () => {
    expect(await run(['echo out', 'echo bad >&2', 'exit 3'])).toEqual({
      status: 'Failed',
      responseCode: 3,
      stdout: 'out\n',
      stderr: 'bad\nfailed to run commands: exit status 3',
      pluginOutput: 'out\n\n----------ERROR-------\nbad\nfailed to run commands: exit status 3',
    });
  });

  it('fails with code -1 when a signal ends it', async () => {
    // Some shells become the script and some wait for it: this one always becomes it.
    const folder = await mkdtemp(join(tmpdir(), 'ssm-agent-test-'));
    await writeFile(join(folder, 'sh'), '#!/bin/sh\nexec "$2"\n', { mode: 0o755 });
    const environment = { PATH: `${folder}:/usr/bin:/bin` };
    const result = await run(['#!/bin/sh', 'kill -9 $$'], { environment });
    await rm(folder, { recursive: true });

    expect(result).toMatchObject({
      status: 'Failed',
      responseCode: -1,
      stderr: 'failed to run commands: signal: killed',
    });
  });

  it('is judged by its code alone: 137 is a time-out, whoever says it', async () => {
    expect(await run(['exit 137'])).toMatchObject({ status: 'TimedOut', responseCode: 137 });
  });

  it.each([168, 194])('fails when it exits with %i, which is not simulated', async (code) => {
    await expect(run([`exit ${code}`])).rejects.toThrow(`168 or 194, got ${code}`);
  });

  it('lets the first line choose the interpreter', async () => {
    const { stdout } = await run(['#!/usr/bin/awk -f', 'BEGIN { print 6 * 7 }']);
    expect(stdout).toBe('42\n');
  });

  it('is _script.sh, mode 0700, in a directory that is gone afterwards', async () => {
    const { stdout } = await run(['echo "$0"', 'ls -l "$0" | cut -c 1-10']);
    const [path = '', mode] = stdout.split('\n');
    expect(path).toMatch(/\/_script\.sh$/);
    expect(mode).toBe('-rwx------');
    expect(existsSync(path)).toBe(false);
  });

  it('leaves no directory behind when it fails or is stopped', async () => {
    const failed = await run(['pwd', 'exit 1']);
    const stopped = await runOutOfTime((reached) => ['pwd', `echo > ${reached}`, 'sleep 600']);
    expect(existsSync(failed.stdout.trim())).toBe(false);
    expect(stopped.stdout).not.toBe('');
    expect(existsSync(stopped.stdout.trim())).toBe(false);
  });

  it("sees the agent's variables and nothing of this process", async () => {
    process.env['SECRET_OF_THIS_PROCESS'] = 'x';
    const { stdout } = await run(['env'], { commandId: 'c-1', environment: { MINE: 'yes' } });
    delete process.env['SECRET_OF_THIS_PROCESS'];

    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    expect(stdout).toContain('AWS_SSM_INSTANCE_ID=i-0123456789abcdef0\n');
    expect(stdout).toContain('AWS_SSM_REGION_NAME=eu-west-1\n');
    expect(stdout).toContain('SSM_COMMAND_ID=c-1\n');
    expect(stdout).toContain('MINE=yes\n');
    expect(names).not.toContain('SECRET_OF_THIS_PROCESS');
  });

  it('keeps bytes that are split over two writes', async () => {
    const { stdout } = await run(["printf '\\303'", 'sleep 0.1', "printf '\\251\\n'"]);
    expect(stdout).toBe('é\n');
  });

  it('reads its stdin as empty', async () => {
    expect((await run(['cat', 'echo end'])).stdout).toBe('end\n');
  });

  it('loses no line of a shipped script', async () => {
    const probe = await readFile(PROBE, 'utf8');
    const { status, stdout, stderr } = await run(probe.split('\n'));
    expect({ status, stderr }).toEqual({ status: 'Success', stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ v: 1 });
  });
});

describe('a script that takes too long', () => {
  it('is stopped with everything it started, and keeps what it printed until then', async () => {
    const result = await runOutOfTime((reached) => [
      ...['sleep 600 &', 'echo $!', 'echo partly >&2'],
      ...[`echo > ${reached}`, 'wait'],
    ]);

    expect(result).toMatchObject({ status: 'TimedOut', responseCode: 137, stderr: 'partly\n' });
    const grandchild = Number(result.stdout);
    expect(grandchild).toBeGreaterThan(1);
    await eventually(async () => {
      expect(await isRunning(grandchild)).toBe(false);
    });
  });

  it('is waited for while a child of it holds its output open', async () => {
    const result = await runOutOfTime((reached) => [
      `{ while kill -0 $$ 2>&-; do sleep 0.01; done; echo > ${reached}; sleep 600; } &`,
      'echo started',
    ]);
    expect(result).toMatchObject({ status: 'TimedOut', stdout: 'started\n' });
  });
});

describe('a script whose agent shuts down', () => {
  it('is killed and has failed', async () => {
    const shutdown = new AbortController();
    const running = run(['echo started', 'sleep 600'], { signal: shutdown.signal });
    shutdown.abort();
    expect(await running).toMatchObject({ status: 'Failed', responseCode: 137 });
  });

  it('is killed too when the agent had shut down before', async () => {
    const result = await run(['sleep 600'], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ status: 'Failed', responseCode: 137 });
  });
});

/** A killed process stays a zombie until it is reaped, which is nobody's fault here. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '0 (gone) Z');
  return !/\) [ZX]/.test(stat);
}

describe('the time a script is given', () => {
  it.each([
    ['60', 60],
    [5, 5],
    [4, 3600],
    [172_800, 172_800],
    [172_801, 3600],
    ['soon', 3600],
    [undefined, 3600],
  ])('%s becomes %i seconds', (asked, given) => {
    expect(executionTimeout(asked)).toBe(given);
  });
});
