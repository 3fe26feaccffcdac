import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, installDmesg, runProbe } from '../support/probe.js';
import type { ProbeRun } from '../support/probe.js';

interface Answer {
  readonly stat?: Record<string, number>;
  readonly timeouts?: Record<string, number>;
}

let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-bound-test-'));
  bin = await installDmesg(join(scratch, 'bin'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

function answerOf({ stdout }: ProbeRun): Answer {
  return JSON.parse(stdout.toString()) as Answer;
}

describe('the bound of 2,400 bytes', () => {
  const path = 'proc/net/stat/nf_conntrack';
  const base = 'entries drop';

  /** The answer with as many unknown columns as make its full form `bytes` long. */
  async function padded(bytes: number): Promise<ProbeRun> {
    const withColumns = async (columns: readonly string[]): Promise<ProbeRun> => {
      const header = [base, ...columns].join(' ');
      const row = ['1', '1', ...columns.map(() => '0')].join(' ');
      const tree = await editedFixture(scratch, 'amazon-linux-2-linux-5.10', {
        [path]: `${header}\n${row}\n`,
      });
      return runProbe(tree, { path: [bin] });
    };
    // A column costs its name and the five bytes of `,"":0`.
    let missing = bytes - (await withColumns([])).stdout.length;
    const columns: string[] = [];
    for (; missing > 85; missing -= 45) columns.push(`c${columns.length}`.padEnd(40, 'x'));
    columns.push('z'.repeat(missing - 5));
    return withColumns(columns);
  }

  it('keeps everything at exactly 2,400', async () => {
    const run = await padded(2400);
    expect(run.stdout.length).toBe(2400);
    expect(answerOf(run).timeouts).toHaveProperty('icmp_timeout');
  });

  it('drops the timeouts that nobody judges, whole, at 2,401', async () => {
    const run = await padded(2401);
    const { stat, timeouts } = answerOf(run);
    expect(run.stdout.length).toBeLessThan(2400);
    expect(Object.keys(timeouts ?? {})).toEqual([
      'tcp_timeout_established',
      'tcp_timeout_close_wait',
      'tcp_timeout_time_wait',
      'udp_timeout',
      'udp_timeout_stream',
      'generic_timeout',
    ]);
    expect(Object.keys(stat ?? {}).some((name) => name.startsWith('zz'))).toBe(true);
  });

  it('drops unknown counters next, and never one that is judged', async () => {
    const { stat, timeouts } = answerOf(await padded(4000));
    expect(stat).toEqual({ drop: 1 });
    expect(timeouts).toHaveProperty('generic_timeout');
  });
});
