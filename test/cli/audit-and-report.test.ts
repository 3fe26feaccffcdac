import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSmallFleet } from '../support/a-small-fleet.js';
import { aTerminal } from '../support/a-terminal.js';

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSmallFleet });
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});

afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** As a person would, with the environment that `simulate` prints. */
async function say(...args: string[]) {
  for (const [key, value] of Object.entries(simulator.environment)) vi.stubEnv(key, value);
  const { terminal, out, notes } = aTerminal();
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

describe('audit', () => {
  it('saves what report judges again to the same words, without AWS', async () => {
    const saved = join(folder, 'one');
    const audit = await say('audit', '--full', '--save', saved);
    expect(audit).toMatchObject({ status: 1 });
    expect(audit.out).toContain('4 nodes discovered = 3 read + 1 silent');
    expect(audit.out).toContain('CRITICAL  small / hot  table-pressure');
    expect(audit.notes).toContain(`saved in ${saved}`);

    vi.unstubAllEnvs();
    const { terminal, out } = aTerminal();
    expect(await run(['report', '--full', '--from', saved], terminal)).toBe(1);
    expect(out()).toBe(audit.out);
  });

  it('prints the promised JSON, and nothing else, on stdout', async () => {
    const { status, out } = await say('audit', 'sm*', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      nodes: { discovered: 4, read: 3, silent: 1 },
      silent: [{ cluster: 'small', reason: 'ssm-missing' }],
    });
  });

  it('works where nothing is deployed, by sending the probe itself', async () => {
    const { out } = await say('audit', '--document', 'AWS-RunShellScript', '--json');
    expect(JSON.parse(out)).toMatchObject({ nodes: { discovered: 4, read: 3, silent: 1 } });
  });

  it('fails where the document is missing, and names both ways out', async () => {
    const { status, notes } = await say('audit', '--document', 'not-there');
    expect(status).toBe(3);
    expect(notes).toContain("the SSM document 'not-there' does not exist");
    expect(notes).toContain('--document AWS-RunShellScript');
  });

  it('fails on a cluster that does not exist, and names those that do', async () => {
    const { status, notes } = await say('audit', 'smal');
    expect(status).toBe(3);
    expect(notes).toContain("no EKS cluster is named 'smal'; this account and Region has: small");
  });

  it('fails where no cluster is left, says which ones there are, and remembers nothing', async () => {
    const ledger = join(folder, 'of-nothing');
    const { status, out, notes } = await say('audit', 'prod-*', '--ledger', ledger);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain('error: no EKS cluster of us-east-1 is to be audited; it has: small;');
    expect(await readdir(ledger).catch(() => [])).toEqual([]);
    expect((await say('audit', '--exclude', 'small')).status).toBe(3);
  });

  it('is clean, with nothing to tell, where no cluster is left and nobody minds', async () => {
    const { status, out } = await say('audit', '--exclude', 'small', '--allow-empty');
    expect(status).toBe(0);
    expect(out).toContain('no findings on 0 nodes of 0 clusters');
  });

  it('does not write over a run that is there', async () => {
    const saved = join(folder, 'two');
    await say('audit', '--exclude', 'small', '--allow-empty', '--save', saved);
    const before = await readdir(saved);
    const { status, notes } = await say('audit', '--save', saved);
    expect(status).toBe(3);
    expect(notes).toContain('already holds a run');
    expect(await readdir(saved)).toEqual(before);
  });
});

describe('what is chosen for an audit', () => {
  async function fileOf(text: string): Promise<string> {
    const file = join(folder, 'conntrack-auditor.yaml');
    await writeFile(file, text);
    return file;
  }

  it('judges by the usages of options, and by those of the file', async () => {
    const { out } = await say(
      'audit',
      '--full',
      '--warning-usage',
      '0.15',
      '--critical-usage',
      '0.98',
    );
    expect(out).toContain('WARNING  small / hot  table-pressure');
    expect(out).toContain('WARNING  small / also-calm  table-pressure');
    const config = await fileOf('thresholds: { warningUsage: 0.15, criticalUsage: 0.98 }');
    const saved = join(folder, 'chosen');
    const byFile = await say('audit', '--full', '--config', config, '--save', saved);
    expect(byFile.out).toContain('WARNING  small / also-calm  table-pressure');
    const again = await say('report', '--full', '--from', saved, '--config', config);
    expect(again.out).toBe(byFile.out);
  });

  it('leaves out the clusters that the file does, unless they are named', async () => {
    const config = await fileOf("clusters: { exclude: ['sm*'] }");
    const { out } = await say('audit', '--config', config, '--allow-empty');
    expect(out).toContain('no findings on 0 nodes of 0 clusters');
    const named = await say('audit', 'small', '--config', config);
    expect(named.out).toContain('on 1 of 3 nodes read; 1 node silent');
    const others = await say('audit', '--exclude', 'others-*', '--config', config);
    expect(others.out).toContain('on 1 of 3 nodes read; 1 node silent');
  });

  it('tells nobody of what is muted', async () => {
    const told = await say('audit', '--ledger', join(folder, 'told'));
    expect(told.notes).toContain('first audit in this ledger: 1 new');
    const mute = 'rule=table-pressure,until=9999-12-31,reason=known, and on its way';
    const { notes } = await say('audit', '--ledger', join(folder, 'untold'), '--mute', mute);
    expect(notes).toContain('first audit in this ledger: nothing changed');
  });

  it('looks, shows the screen, and says when it will look again', async () => {
    for (const [key, value] of Object.entries(simulator.environment)) vi.stubEnv(key, value);
    const { terminal, out, notes } = aTerminal();
    const note: typeof terminal.note = (text) => {
      terminal.note(text);
      // Nothing else ends it but a signal, which would end this test as well.
      if (text.startsWith('next look at')) throw new Error('enough');
    };
    await run(['audit', '--watch', '5m'], { ...terminal, note });
    expect(out()).toMatch(/^conntrack audit: 1 critical/);
    expect(notes()).toMatch(/next look at \d\d:\d\d:\d\d UTC; Ctrl-C ends\nerror: enough\n$/);
  });

  it.each([
    ['--watch', '30s', "should be a time from 1m to 1d, such as 5m, got '30s'"],
    ['--watch', '5m', '--save keeps one audit, and --watch makes many'],
  ])('asks nobody where %s %s makes no sense', async (...args) => {
    const [option, time, why] = args;
    const { status, notes } = await say('audit', option, time, '--save', join(folder, 'watched'));
    expect({ status, notes }).toEqual({ status: 3, notes: expect.stringContaining(why) as string });
    expect(await readdir(folder)).not.toContain('watched');
  });
});
