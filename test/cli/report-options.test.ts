import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { PROGRAM } from '../../lib/program.js';
import { run } from '../../lib/cli/program.js';
import { answering } from '../support/fakes.js';
import { aRun } from '../support/a-run.js';
import { aTerminal } from '../support/a-terminal.js';

let folder: string;
let saved: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-options-'));
  saved = join(folder, 'run');
  const from = await aRun({ 'answers/00000.json': [answering('i-1', 99, 100)] });
  const to = await FolderRunStore.create(saved);
  for (const key of await from.keys('')) await to.put(key, await from.get(key));
});

afterAll(() => rm(folder, { recursive: true }));

async function report(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['report', '--from', saved, ...args], terminal);
  return { status, out: out(), notes: notes() };
}

describe('what a report shows', () => {
  it('is one screen by default, and everything with --full', async () => {
    const screen = await report();
    const next = `Next: ${PROGRAM} fix --plan --from ${saved} -o fixes`;
    expect(screen.out.replace(/\s+/g, ' ')).toContain(next);
    const { out } = await report('--full');
    expect(out).toContain('CRITICAL  example / workers  table-pressure');
  });

  it('is one finding, or one case, by its name', async () => {
    const { out } = await report('--finding', 'table-pressure/example/workers');
    expect(out).toMatch(/^CRITICAL {2}example \/ workers {2}table-pressure\n/);
    const story = await report('--case', 'example/workers');
    expect(story.out).toMatch(/^CRITICAL {2}example\/workers {2}1 of 1 nodes\n/);
    expect(story.out).toContain('Fullest  i-1 (m5.large): 99 of 100 entries (99%)');
  });

  it.each([
    [
      ['--finding', 'table-presure/example/workers'],
      'did you mean table-pressure/example/workers?',
    ],
    [['--case', 'example/worker'], "this run has no case 'example/worker'; did you mean"],
    [['--cluster', 'other'], "this run has no cluster 'other'; it has: example"],
    [
      ['--rule', 'table-presure'],
      "should be a rule, got 'table-presure'; did you mean table-pressure",
    ],
    [['--severity', 'bad'], "should be one of critical, warning, notice, got 'bad'"],
    [['--format', 'jsno'], "got 'jsno'; did you mean json?"],
    [['-o', 'x.json'], 'should follow the --format that it is for'],
    [['--format', 'csv', '--format', 'json'], 'only one format can be printed'],
    [['--json', '--format', 'csv'], 'only one format can be printed, got --json and --format csv'],
  ])('fails on %j, and says what is meant', async (args, message) => {
    const { status, out, notes } = await report(...args);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(message);
  });

  it('leaves out what is milder, of other rules, and of other clusters, and says so', async () => {
    const { out, status } = await report('--rule', 'hot-node', '--severity', 'critical');
    expect(out).toContain('shown: critical and worse; rule hot-node');
    expect(out).toContain('no findings');
    expect(status).toBe(1);
  });

  it('ends with 1 only for what is as bad as --fail-on says', async () => {
    expect((await report('--fail-on', 'critical')).status).toBe(1);
    const calm = ['--critical-usage', '1', '--warning-usage', '0.5'];
    expect((await report('--fail-on', 'warning', ...calm)).status).toBe(1);
    expect((await report('--fail-on', 'critical', ...calm)).status).not.toBe(1);
  });
});

describe('-o', () => {
  it('writes each format to the file after it, and still prints for people', async () => {
    const json = join(folder, 'report.json');
    const csv = join(folder, 'report.csv');
    const args = ['--format', 'json', '-o', json, '--format', 'csv', '-o', csv];
    const { out, notes } = await report(...args);
    expect(out).toBe((await report()).out);
    expect(notes).toBe(`wrote ${json}\nwrote ${csv}\n`);
    expect(await readFile(json, 'utf8')).toBe((await report('--json')).out);
    expect(await readFile(csv, 'utf8')).toMatch(/^severity,cluster,/);
    await report(...args);
    expect((await readdir(folder)).sort()).toEqual(['report.csv', 'report.json', 'run']);
  });

  it('fails where it cannot write, and names the file', async () => {
    const { status, notes } = await report('--format', 'json', '-o', join(folder, 'no', 'x'));
    expect(status).toBe(3);
    expect(notes).toContain(`cannot write '${join(folder, 'no', 'x')}'`);
  });
});
