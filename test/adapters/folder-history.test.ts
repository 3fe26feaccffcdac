import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderHistory } from '../../lib/adapters/folder-history.js';
import { historyText } from '../../lib/core/history/history-file.js';
import { anAudit, aRecord } from '../support/a-record.js';
import { historyContract } from './history.contract.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function filesOf(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(parent, join(parentPath, name)));
}

historyContract('FolderHistory', () => {
  const of = join(folder, 'not', 'yet', 'there');
  return Promise.resolve({
    recorder: new FolderHistory(of, '111122223333'),
    async files() {
      const files = await filesOf(of);
      const texts = files.map(async (file) => gunzipSync(await readFile(join(of, file))));
      const read = (await Promise.all(texts)).map((text) => text.toString());
      return Object.fromEntries(
        files.map((file, at) => [file.split(sep).join('/'), read[at] ?? '']),
      );
    },
  });
});

const days = { from: '2026-11-01', to: '2026-11-30' };

async function runs(history = new FolderHistory(folder), period = days): Promise<string[]> {
  const found: string[] = [];
  for await (const { readings } of history.audits(period)) {
    found.push(String((readings[0] as { severity?: string } | undefined)?.severity));
  }
  return found;
}

/** An audit that can be told from others when it is read. */
const marked = (mark: 'critical' | 'warning' | 'notice', different = {}) =>
  anAudit({ nodes: [aRecord({ severity: mark })], ...different });

describe('FolderHistory', () => {
  it('stands for an account that nobody named by a word', async () => {
    await new FolderHistory(folder).record(anAudit());
    expect(await filesOf(folder)).toEqual([
      join(
        'history',
        'dt=2026-11-23',
        'account=local',
        'region=eu-west-1',
        '20261123T080000Z.ndjson.gz',
      ),
    ]);
  });

  it('gives audits back in the order of time, across accounts and Regions', async () => {
    const late = { runId: '20261123T230000Z', region: 'af-south-1' };
    await new FolderHistory(folder, '1').record(marked('warning', late));
    await new FolderHistory(folder, '2').record(marked('critical'));
    const next = { runId: '20261124T000000Z', startedAt: '2026-11-24T00:00:00.000Z' };
    await new FolderHistory(folder, '1').record(marked('notice', next));
    expect(await runs()).toEqual(['critical', 'warning', 'notice']);
  });

  it('gives a record back as it was kept, with the time of its audit', async () => {
    await new FolderHistory(folder).record(anAudit({ nodes: [aRecord({ cluster: 'é' })] }));
    const audits = [];
    for await (const audit of new FolderHistory(folder).audits(days)) audits.push(audit);
    expect(audits).toMatchObject([
      { nodes: [{ cluster: 'é' }], readings: [{ entries: 65_536 }], at: [anAudit().startedAt] },
    ]);
  });

  it('reads no file of a day that nobody asked about', async () => {
    const history = new FolderHistory(folder);
    for (const [day, mark] of [
      ['2026-11-21', 'notice'],
      ['2026-11-22', 'warning'],
      ['2026-11-23', 'critical'],
    ] as const) {
      await history.record(marked(mark, { startedAt: `${day}T08:00:00.000Z` }));
    }
    await writeFile(join(folder, 'history', 'dt=2026-11-21', 'broken.ndjson.gz'), 'broken');
    expect(await history.days()).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
    const asked = { from: '2026-11-22', to: '2026-11-23' };
    expect(await runs(history, asked)).toEqual(['warning', 'critical']);
  });

  it('reads a copy of history/ itself', async () => {
    await new FolderHistory(folder).record(marked('notice'));
    const copy = new FolderHistory(join(folder, 'history'));
    expect([await copy.days(), await runs(copy)]).toEqual([['2026-11-23'], ['notice']]);
  });

  it('passes over what is no history', async () => {
    const history = new FolderHistory(folder);
    await history.record(marked('notice'));
    const day = join(folder, 'history', 'dt=2026-11-23');
    await writeFile(join(day, '.left-by-a-crash.ndjson.gz'), 'half');
    await writeFile(join(day, 'notes.txt'), 'notes');
    await mkdir(join(folder, 'history', 'dt=yesterday'));
    await writeFile(join(folder, 'history', 'dt=2026-11-24'), 'a file');
    expect([await history.days(), await runs(history)]).toEqual([['2026-11-23'], ['notice']]);
  });

  it('holds nothing in a folder that is empty, or not there', async () => {
    expect(await new FolderHistory(folder).days()).toEqual([]);
    expect(await new FolderHistory(join(folder, 'nowhere')).days()).toEqual([]);
  });

  it('leaves no half-written file when a file cannot be put in place', async () => {
    const day = join(folder, 'history', 'dt=2026-11-23', 'account=local', 'region=eu-west-1');
    await mkdir(join(day, '20261123T080000Z.ndjson.gz'), { recursive: true });
    await expect(new FolderHistory(folder).record(anAudit())).rejects.toThrow('EISDIR');
    expect(await filesOf(folder)).toEqual([]);
  });

  it('fails on a file that was cut, and names it', async () => {
    const history = new FolderHistory(folder);
    await history.record(anAudit());
    const [file = ''] = await filesOf(folder);
    await truncate(join(folder, file), 60);
    await expect(runs(history)).rejects.toThrow(
      `cannot read '${join(folder, file)}': unexpected end`,
    );
  });

  it('fails on a line that is no record, and names the file and the line', async () => {
    const history = new FolderHistory(folder);
    await history.record(anAudit());
    const [file = ''] = await filesOf(folder);
    await writeFile(join(folder, file), gzipSync(`${historyText(anAudit())}{}\n`));
    await expect(runs(history)).rejects.toThrow(
      `cannot read '${join(folder, file)}': line 2 is no record of a node in an audit`,
    );
  });
});
