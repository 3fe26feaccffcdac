import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';
import { beforeAll, describe, expect, it } from 'vitest';
import { propsFromContext } from '../../bin/context-props.js';
import { hubPropsFromContext, isHub } from '../../bin/hub-props.js';
import { FolderHistory } from '../../lib/adapters/folder-history.js';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { auditCommand } from '../../lib/cli/audit.js';
import { collectCommand } from '../../lib/cli/collect.js';
import { demoCommand } from '../../lib/cli/demo.js';
import { exitCodes } from '../../lib/cli/exit-codes.js';
import { nodeCommand } from '../../lib/cli/node.js';
import { notifyCommand } from '../../lib/cli/notify.js';
import { openCommand } from '../../lib/cli/open.js';
import { run } from '../../lib/cli/program.js';
import { simulateCommand } from '../../lib/cli/simulate.js';
import { anAudit } from '../support/a-record.js';
import { bundleFilesOf, hostOfBundle, writeBundle } from '../support/a-bundle.js';
import { aTerminal } from '../support/a-terminal.js';
import { demoFiles } from '../support/demo-run.js';
import {
  commandsOf,
  ourArguments,
  pagesWithCommands,
  partsOf,
  shellBlocks,
  type DocCommand,
} from '../support/doc-commands.js';

const packageFile = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { scripts: Record<string, string> };

/** Commands that ask AWS, read this host as root, or serve until they are stopped: their options alone are tried. */
const needing = {
  collect: () => collectCommand(aTerminal().terminal),
  audit: () => auditCommand(aTerminal().terminal, () => undefined),
  notify: () => notifyCommand(aTerminal().terminal),
  open: () => openCommand(aTerminal().terminal),
  node: () => nodeCommand(aTerminal().terminal, () => undefined),
  simulate: () => simulateCommand(aTerminal().terminal),
  demo: () => demoCommand(aTerminal().terminal),
};
const alone = ['report', 'plan', 'fix', 'limit', 'explain', 'history'];

/** Whether it reads a support bundle and asks nobody: it runs here. */
function readsBundle(args: readonly string[]): boolean {
  return (
    args[0] !== 'demo' &&
    args.some((word) => /^--bundles?$/.test(word)) &&
    !args.includes('--region')
  );
}

const all = pagesWithCommands.flatMap(commandsOf);
const ours = all.flatMap((command) => {
  const args = ourArguments(command);
  return args === undefined ? [] : [{ ...command, args, name: args[0] ?? '' }];
});

const BUNDLE = 'eks_i-0123456789abcdef0_2026-11-27_1730-UTC_0.7.9.tar.gz';

let folder: string;
let written = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  const store = await FolderRunStore.create(join(folder, 'run'));
  for (const [key, value] of Object.entries(demoFiles())) await store.put(key, value);
  await new FolderHistory(join(folder, 'mine')).record(anAudit());
  const captured = fileURLToPath(
    new URL('../fixtures/bundles/eks-log-collector-0.7.9', import.meta.url),
  );
  const unpacked = join(folder, 'unpacked');
  await writeBundle(unpacked, hostOfBundle(await bundleFilesOf(captured)));
  mkdirSync(join(folder, 'bundles'));
  for (const place of [BUNDLE, `bundles/${BUNDLE}`]) {
    await create({ gzip: true, file: join(folder, place), cwd: unpacked }, ['.']);
  }
});

/** The same words with folders of this test: `run/` is the saved run of the demo, what is written goes aside. */
function placed(args: readonly string[]): string[] {
  return args.map((word, at) => {
    if (['-o', '--output', '--save'].includes(args[at - 1] ?? ''))
      return join(folder, `${++written}-${word}`);
    const isHere = /^(run|mine|unpacked|bundles)\/?$/.test(word) || word === BUNDLE;
    return isHere ? join(folder, word) : word;
  });
}

/** Whether the command tree takes these words; fails as the command itself would. */
async function taken(name: keyof typeof needing, args: readonly string[]): Promise<void> {
  const command = needing[name]() as ReturnType<typeof demoCommand>;
  command.exitOverride().configureOutput({ outputError: () => undefined });
  await command.action(() => undefined).parseAsync([...args], { from: 'user' });
}

describe('a command of the documents', () => {
  it.each(ours.filter(({ name }) => alone.includes(name)))(
    'runs: $line ($page)',
    async ({ args, name }) => {
      const { terminal, notes, out } = aTerminal();
      const status = await run(placed(args), terminal);
      const fine = name === 'report' ? status !== exitCodes.error : status === exitCodes.clean;
      expect({ fine, notes: fine ? '' : notes() }).toEqual({ fine: true, notes: '' });
      expect(out() + notes()).not.toBe('');
    },
  );

  it.each(ours.filter(({ args }) => readsBundle(args)))(
    'reads a support bundle: $line ($page)',
    async ({ args }) => {
      const { terminal, notes, out } = aTerminal();
      const status = await run(placed(args), terminal);
      expect({ status, notes: notes() }).toMatchObject({ status: exitCodes.findings });
      expect(out()).toContain('stale-flows');
    },
  );

  it.each(ours.filter(({ name }) => name in needing))(
    'has options that there are: $line ($page)',
    ({ args, name }) => taken(name as keyof typeof needing, args.slice(1)),
  );

  it.each(ours.filter(({ name }) => name === 'kube-proxy-config'))(
    'makes a patch of a ConfigMap: $line ($page)',
    ({ args }) => {
      const config = [
        'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
        'kind: KubeProxyConfiguration',
        'conntrack:\n  maxPerCore: 32768\n  min: 131072',
        'mode: iptables\n',
      ].join('\n');
      const metadata = { name: 'kube-proxy-config', namespace: 'kube-system' };
      const input = JSON.stringify({ kind: 'ConfigMap', metadata, data: { config } });
      const program = ['--import', 'tsx', 'bin/conntrack-auditor.ts', ...args];
      expect(execFileSync(process.execPath, program, { input, encoding: 'utf8' })).toContain(
        '"op"',
      );
    },
  );

  it('is of a kind that is tried here', () => {
    const known = [...alone, ...Object.keys(needing), 'kube-proxy-config'];
    expect(ours.filter(({ name }) => !known.includes(name)).map(({ line }) => line)).toEqual([]);
    expect(ours.length).toBeGreaterThan(60);
  });

  it('names a script that there is, after npm run', () => {
    const scripts = all.flatMap(({ words }) =>
      words[0] === 'npm' && words[1] === 'run' ? [words[2] ?? ''] : [],
    );
    expect(scripts).toContain('demo');
    expect(scripts.filter((name) => !(name in packageFile.scripts))).toEqual([]);
  });

  it.each(all.filter(({ words }) => words[0] === 'npx' && words[1] === 'cdk'))(
    'hands the stack a context that it takes: $line ($page)',
    ({ words }: DocCommand) => {
      expect(['bootstrap', 'deploy', 'destroy', 'synth']).toContain(words[2]);
      const context = words.flatMap((word, at) =>
        words[at - 1] === '-c' ? [word.split('=')] : [],
      );
      const asked = new Set<string>();
      const values = new Map(context.map(([key = '', value]) => [key, value]));
      const read = (key: string) => {
        asked.add(key);
        return values.get(key);
      };
      if (isHub(read)) hubPropsFromContext(read);
      else propsFromContext(read);
      expect([...values.keys()].filter((key) => !asked.has(key))).toEqual([]);
    },
  );

  it.each(pagesWithCommands.filter((page) => shellBlocks(page).length > 0))(
    'is shell that bash reads: %s',
    (page) => {
      for (const block of shellBlocks(page)) {
        const input = block.replaceAll(/<[a-z][a-z ]*>/g, 'placeholder');
        const { status, stderr } = spawnSync('bash', ['-n'], { input, encoding: 'utf8' });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      }
    },
  );
});

describe('what would be caught', () => {
  it('an option that is gone', async () => {
    await expect(taken('audit', ['--bogus'])).rejects.toThrow("unknown option '--bogus'");
    await expect(taken('audit', ['--mute', 'rule=nothing'])).rejects.toThrow();
    await expect(taken('audit', ['prod-*', '--save', 'run/'])).resolves.toBeUndefined();
  });

  it('each part of a line, without its comment', () => {
    expect(partsOf("a 'b c' && d -o e | f > g # h")).toEqual([
      ['a', 'b c'],
      ['d', '-o', 'e'],
      ['f'],
    ]);
    expect(partsOf('# nothing')).toEqual([]);
  });
});
