import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { startProgram, startScript } from '../support/a-program.js';
import { aSimulatedFleet, aSimulatedNode } from '../support/a-simulated-node.js';

let account: Simulator;
let folder: string;

beforeAll(async () => {
  const nodes = [1, 2, 3].map((one) => aSimulatedNode(one, { behaviour: 'stuck' }));
  account = await startSimulator({ fleet: aSimulatedFleet(nodes) });
  folder = await mkdtemp(join(tmpdir(), 'interrupt-'));
});
afterAll(() => account.stop());

/** An audit whose nodes never answer, interrupted once it waits for them. */
async function interruptedAudit(...args: string[]) {
  const running = startProgram(['audit', ...args], account.environment);
  await running.said('waiting for 1 of 1 command');
  running.child.kill('SIGINT');
  return { status: await running.ended(), out: running.out(), err: running.err() };
}

describe('Ctrl-C during an audit', () => {
  it('ends with 130, says what goes on, and leaves no folder behind', async () => {
    const save = join(folder, 'new', 'run');
    const { status, out, err } = await interruptedAudit('--save', save);
    expect({ status, out }).toEqual({ status: 130, out: '' });
    expect(err).toContain(
      'interrupted\n3 Run Command invocations may go on until the probe ends or times out, 120 s after it was sent at the latest\nnothing else runs; the probe only reads\n',
    );
    expect(err).not.toContain('error');
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it('leaves in a folder what people had there, and nothing else', async () => {
    const save = join(folder, 'mine');
    await mkdir(save);
    await writeFile(join(save, 'notes.txt'), 'mine');
    expect(await interruptedAudit('--save', save)).toMatchObject({ status: 130 });
    expect(await readdir(save)).toEqual(['notes.txt']);
  });

  it('ends one that would look again in the same way', async () => {
    const { status, err } = await interruptedAudit('--watch', '1m');
    expect(status).toBe(130);
    expect(err).toContain('3 Run Command invocations may go on');
  });
});

describe('Ctrl-C during what runs on this machine alone', () => {
  it('ends a demo with 130, and the run of it is gone', async () => {
    const TMPDIR = await mkdtemp(join(folder, 'tmp-'));
    const running = startProgram(['demo'], { TMPDIR });
    await running.said('demo: asking');
    running.child.kill('SIGINT');
    expect(await running.ended()).toBe(130);
    expect(running.err()).toContain('nothing runs on: the simulated account ends with the demo\n');
    const left = await readdir(TMPDIR);
    expect(left.filter((name) => name.startsWith('conntrack-'))).toEqual([]);
  });

  it('ends a simulated account with 130, and SIGTERM ends it with 0', async () => {
    const statuses = { SIGINT: 130, SIGTERM: 0 } as const;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const running = startProgram(['simulate']);
      await running.said('Ctrl-C ends it');
      running.child.kill(signal);
      expect(await running.ended()).toBe(statuses[signal]);
    }
  });
});

describe('a second Ctrl-C', () => {
  it('ends at once, though the first one still tidies up', async () => {
    const slow = `
      import { untilInterrupted } from './lib/cli/interrupt.ts';
      const terminal = { note: (text) => process.stderr.write(text) };
      const never = () => new Promise((_) => setInterval(() => 0, 1000));
      const interrupted = untilInterrupted(terminal, { goesOn: () => ['tidying'], tidy: never }, never);
      process.stderr.write('ready\\n');
      await interrupted;
    `;
    const running = startScript(slow);
    await running.said('ready');
    running.child.kill('SIGINT');
    await running.said('tidying');
    running.child.kill('SIGINT');
    expect(await running.ended()).toBe('SIGINT');
  });
});
