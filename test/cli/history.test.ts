import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderHistory } from '../../lib/adapters/folder-history.js';
import { historyCommand } from '../../lib/cli/history.js';
import type { NodeRecord } from '../../lib/core/history/audit-record.js';
import { anAudit, aRecord, aSilentRecord, hour } from '../support/a-record.js';
import { aTerminal } from '../support/a-terminal.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Keeps these audits, an hour between each. */
async function keep(...audits: readonly NodeRecord[][]): Promise<void> {
  const history = new FolderHistory(folder);
  for (const [at, nodes] of audits.entries()) {
    await history.record(anAudit({ runId: `run-${at}`, startedAt: hour(at), nodes }));
  }
}

async function ask(...args: string[]): Promise<string> {
  const { terminal, out } = aTerminal();
  const command = historyCommand(terminal)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...args, '--from', folder], { from: 'user' });
  return out();
}

const json = async (...args: string[]): Promise<unknown> =>
  JSON.parse(await ask(...args, '--json'));

describe('history worst', () => {
  it('prints the worst nodes, one line each', async () => {
    const calm = aRecord({ instance_id: 'i-calm', entries: 655 });
    const busy = aRecord({ instance_id: 'i-busy', entries: 117_965, node_group: 'web' });
    await keep([calm, busy], [{ ...calm, drops: 1_204 }, aSilentRecord(busy)]);
    expect(await ask('worst')).toBe(
      `worst nodes, 2026-11-17 to 2026-11-23: 2 audits, 4 records of a node

dropped  peak  mean        peak entries      peak read at  silent  node
  1,204   <1%   <1%      655 of 131,072  2026-11-23 00:00       0  i-calm (m5.large)  example / workers
      0   90%   90%  117,965 of 131,072  2026-11-23 00:00       1  i-busy (m5.large)  example / web
`,
    );
  });

  it('says so when no node was read', async () => {
    await keep([aSilentRecord()]);
    expect(await ask('worst')).toContain('1 audit, 1 record of a node\n\nno node was read\n');
  });

  it('prints the same as JSON', async () => {
    await keep([aRecord()]);
    expect(await json('worst')).toEqual({
      question: 'worst',
      from: '2026-11-17',
      to: '2026-11-23',
      audits: 1,
      records: 1,
      answer: [
        {
          region: 'eu-west-1',
          cluster: 'example',
          node_group: 'workers',
          instance_id: 'i-0000000000000000a',
          instance_type: 'm5.large',
          packets_dropped: 0,
          peak_usage: 0.5,
          mean_usage: 0.5,
          entries: 65_536,
          max: 131_072,
          peak_at: hour(0),
          readings: 1,
          silent: 0,
        },
      ],
    });
  });
});

describe('history of several accounts', () => {
  const accounts = ['111122223333', '222233334444'];
  const keepBoth = async () => {
    for (const [at, account] of accounts.entries()) {
      const nodes = [aRecord({ instance_id: `i-${at}`, drops: at + 1 })];
      await new FolderHistory(folder, account).record(anAudit({ nodes }));
    }
  };

  it('tells node groups of the same name apart, and says where they are', async () => {
    await keepBoth();
    const lines = (await ask('drops')).split('\n').slice(3, 5);
    expect(
      lines.map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .at(-1),
      ),
    ).toEqual([
      '222233334444 eu-west-1: example / workers',
      '111122223333 eu-west-1: example / workers',
    ]);
  });

  it('answers of one account, or Region, alone', async () => {
    await keepBoth();
    const drops = await ask('drops', '--account', '111122223333');
    expect(drops).toContain('1 audit, 1 record');
    expect(drops).toContain('  example / workers');
    expect(await ask('worst', '--region', 'eu-west-1')).toContain('2 audits, 2 records');
    await expect(ask('worst', '--region', 'eu-west-2')).rejects.toThrow(
      'no audit of these days is of eu-west-2',
    );
  });
});

describe('history limits', () => {
  const group = (limit: Partial<NodeRecord>) => [
    aRecord({ instance_id: 'i-a', ...limit }),
    aRecord({ instance_id: 'i-b', ...limit }),
  ];

  it('prints each change of a node group', async () => {
    const [first] = group({ max: 65_536 });
    await keep(group({ max: 262_144 }), group({ max: 131_072, expected_max: 131_072 }), [
      first ?? aRecord(),
    ]);
    expect(await ask('limits')).toBe(
      `changed limits, 2026-11-17 to 2026-11-23: 3 audits, 5 records of a node

         read at      was       is  expected  nodes  node group
2026-11-23 02:00  131,072   65,536   unknown      1  example / workers  i-a
2026-11-23 01:00  262,144  131,072   131,072      2  example / workers  i-a and 1 more
`,
    );
  });

  it('says so when none changed', async () => {
    await keep(group({}), group({}));
    expect(await ask('limits')).toContain('no limit changed between two readings of a node\n');
  });

  it.each([
    [30, ''],
    [31, 'and 1 earlier change: --json has all\n'],
    [32, 'and 2 earlier changes: --json has all\n'],
  ])('shows 30 of %i changes, and counts the others', async (changes, more) => {
    const of = (limit: number) =>
      Array.from({ length: changes }, (_, at) =>
        aRecord({ instance_id: `i-${at}`, node_group: `group-${at}`, max: 131_072 + limit }),
      );
    await keep(of(0), of(1));
    const text = await ask('limits');
    const [, , , ...lines] = text.split('\n').filter((line) => line !== '');
    expect(text.endsWith(more)).toBe(true);
    expect(text.match(/131,073/g)).toHaveLength(30);
    expect(lines.length).toBe(more === '' ? 29 : 30);
    const { answer } = (await json('limits')) as { answer: unknown[] };
    expect(answer).toHaveLength(changes);
  });
});

describe('history drops', () => {
  it('prints each node group that dropped or evicted, and what is not known', async () => {
    const { drops: _, ...first } = aRecord();
    await keep(
      [first, aRecord({ instance_id: 'i-b', node_group: 'web', early_drops: 4_000 })],
      [aRecord({ drops: 1_500, early_drops: 9 }), aSilentRecord({ instance_id: 'i-c' })],
    );
    expect(await ask('drops')).toBe(
      `drops by node group, 2026-11-17 to 2026-11-23: 2 audits, 4 records of a node

dropped  evicted  nodes dropping        first seen         last seen  node group
  1,500        9          1 of 2  2026-11-23 01:00  2026-11-23 01:00  example / workers
      0    4,000          0 of 1                 -                 -  example / web
1 record cannot tell: first sight of a node, or of one that was booted
`,
    );
  });

  it('says so when nothing dropped', async () => {
    await keep([aRecord()]);
    expect(await ask('drops')).toContain('no node is known to have dropped or evicted\n');
  });
});

describe('history', () => {
  it('looks at seven days, or as many as it is told', async () => {
    const history = new FolderHistory(folder);
    for (const day of ['16', '17', '23']) {
      await history.record(anAudit({ startedAt: `2026-11-${day}T08:00:00.000Z` }));
    }
    expect(await json('worst')).toMatchObject({ from: '2026-11-17', audits: 2 });
    expect(await json('worst', '--days', '1')).toMatchObject({ from: '2026-11-23', audits: 1 });
    expect(await json('worst', '--days', '8')).toMatchObject({ from: '2026-11-16', audits: 3 });
  });

  it('shows no name that would write to the terminal', async () => {
    const cluster = 'a\u001b[2J';
    const odd = { cluster, node_group: cluster, instance_id: cluster, instance_type: cluster };
    await keep([aRecord({ ...odd, max: 1, drops: 1 })], [aRecord({ ...odd, max: 2, drops: 1 })]);
    for (const question of ['worst', 'limits', 'drops']) {
      expect(await ask(question)).not.toContain('\u001b');
    }
  });

  it('fails when the folder holds no history, and says what it looked for', async () => {
    await expect(ask('worst')).rejects.toThrow(
      `'${folder}' holds no history: there is no history/dt=... in it`,
    );
  });

  it.each([
    ['a question that nobody knows', ['best'], 'Allowed choices are worst, limits, drops'],
    ['no day', ['worst', '--days', '0'], "should be a whole number from 1 to 3660, got '0'"],
    [
      'more days than ten years have',
      ['worst', '--days', '3661'],
      "should be a whole number from 1 to 3660, got '3661'",
    ],
  ])('fails when it is asked for %s', async (_, args, wrong) => {
    await keep([aRecord()]);
    await expect(ask(...args)).rejects.toThrow(wrong);
  });
});
