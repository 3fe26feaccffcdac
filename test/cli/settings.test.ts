import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { resolveSettings, policyOverSaved } from '../../lib/cli/settings.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { aTerminal } from '../support/a-terminal.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(text: string, name = 'conntrack-auditor.yaml'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const until = '2026-12-01T00:00:00.000Z';

describe('what a command line chooses', () => {
  it('is the default where nothing is chosen', async () => {
    expect(await resolveSettings({})).toEqual({
      policy: defaultPolicy,
      mutes: [],
      clusters: { include: [], exclude: [] },
      nodeTagKeys: [],
    });
  });

  it('is the option, else the file', async () => {
    const config = await fileOf(`
thresholds: { criticalUsage: 0.8, warningUsage: 0.7 }
remindAfter: 12h
clusters: { include: [prod-*] }
nodeTagKeys: [team/cluster]
silences:
  - { rule: hot-node, until: 2026-12-01, reason: known }
`);
    const mute = [{ cluster: 'a', until, reason: 'b' }];
    expect(await resolveSettings({ config, warningUsage: 0.6, mute })).toEqual({
      policy: {
        ...defaultPolicy,
        warningUsage: 0.6,
        criticalUsage: 0.8,
        remindAfterSeconds: 43_200,
      },
      mutes: [{ rule: 'hot-node', until, reason: 'known' }, ...mute],
      clusters: { include: ['prod-*'], exclude: [] },
      nodeTagKeys: ['team/cluster'],
    });
  });

  it('is, over a saved run, the option, else the file that is named, else what the run was judged by', async () => {
    const saved = { ...defaultPolicy, warningUsage: 0.1, criticalUsage: 0.9, targetUsage: 0.3 };
    const config = await fileOf('thresholds: { criticalUsage: 0.8 }');
    const named = await policyOverSaved({ config, warningUsage: 0.6 });
    expect(named(saved)).toEqual({ ...saved, warningUsage: 0.6, criticalUsage: 0.8 });
    const none = await policyOverSaved({});
    expect(none(saved)).toEqual(saved);
  });

  it('is read from the current folder where no file is named', async () => {
    await fileOf('thresholds: { targetUsage: 0.4 }');
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect((await resolveSettings({})).policy.targetUsage).toBe(0.4);
    } finally {
      process.chdir(before);
    }
  });

  it('has to go together, wherever each comes from', async () => {
    const config = await fileOf('thresholds: { warningUsage: 0.7 }', 'low.yaml');
    await expect(resolveSettings({ config, criticalUsage: 0.7 })).rejects.toThrow(
      "'warningUsage' should be less than 'criticalUsage', which is 0.7, got 0.7",
    );
    const high = await fileOf('thresholds: { warningUsage: 0.95 }', 'high.yaml');
    await expect(resolveSettings({ config: high })).rejects.toThrow(
      `${high}: 'warningUsage' should be less than 'criticalUsage', which is 0.95, got 0.95`,
    );
    const { policy } = await resolveSettings({ config, criticalUsage: 0.701 });
    expect(policy.criticalUsage).toBe(0.701);
  });
});

describe('the options of settings', () => {
  async function say(...args: string[]) {
    const { terminal, out, notes } = aTerminal();
    const status = await run(args, terminal);
    return { status, out: out(), notes: notes() };
  }

  it.each([
    { args: ['--warning-usage', '75%'], wrong: "greater than 0 and at most 1, got '75%'" },
    { args: ['--critical-usage', '1.01'], wrong: 'at most 1, got 1.01' },
    { args: ['--target-usage', '0'], wrong: 'a share greater than 0 and at most 1, got 0' },
    { args: ['--mute', 'rule=hot-node'], wrong: "'until' should be a date" },
    { args: ['--config', '/nowhere.yaml'], wrong: "'/nowhere.yaml' cannot be read" },
    { args: ['--warning-usage', '0.95'], wrong: "should be less than 'criticalUsage'" },
  ])('fail with status 3 on $args, before anything is asked', async ({ args, wrong }) => {
    const { status, out, notes } = await say('audit', ...args);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(wrong);
  });

  it('name the file that is broken, and what is wrong in it', async () => {
    const config = await fileOf('thresholds: { warnUsage: 0.7 }', 'broken.yaml');
    const wrong = `error: ${config}: 'thresholds' has no 'warnUsage', did you mean 'warningUsage'?\n`;
    for (const command of ['audit', 'demo', 'node', 'report --from x', 'fix x']) {
      const { status, notes } = await say(...command.split(' '), '--config', config);
      expect({ command, status, notes }).toEqual({ command, status: 3, notes: wrong });
    }
  });
});
