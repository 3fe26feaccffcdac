import { execFile } from 'node:child_process';
import {
  access,
  constants,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeProxyCases, kubeProxyTree } from '../support/kube-proxy-trees.js';
import {
  PROBE,
  editedFixture,
  expectedAnswer,
  fixture,
  fixtureNames,
  runProbe,
} from '../support/probe.js';
import { installTools, shellThatRuns } from '../support/probe-tools.js';

const SHELLS = [['dash'], ['busybox', 'sh'], ['bash']];
/** Program that a link named `awk` points to: busybox goes by the name it is called. */
const AWKS = ['mawk', 'gawk', 'original-awk', 'busybox'];

const names = await fixtureNames();
let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-matrix-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** Where a program is. Fails when it is missing: a combination that did not run proves nothing. */
async function locate(program: string): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error(`'${program}' is not installed, and this suite runs on all of them or fails`);
}

/** A folder in which `awk` is this program. */
async function folderWithAwk(program: string): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'awk-'));
  await mkdir(folder, { recursive: true });
  await symlink(await locate(program), join(folder, 'awk'));
  return folder;
}

const combinations = SHELLS.flatMap((shell) =>
  AWKS.map((awk) => ({ shell, awk, title: `${shell.join(' ')} and ${awk}` })),
);

describe.each(combinations)('the probe under $title', ({ shell, awk }) => {
  /** What it answers on a tree, having said nothing else and ended well. */
  async function answer(tree: string): Promise<unknown> {
    const [program = '', ...rest] = shell;
    const path = [bin, await folderWithAwk(awk)];
    const run = await runProbe(tree, {
      shell: await shellThatRuns([await locate(program), ...rest], path),
      path,
    });
    expect(run.stderr.toString()).toBe('');
    expect(run.code).toBe(0);
    expect(run.stdout.length).toBeLessThanOrEqual(2400);
    return JSON.parse(run.stdout.toString()) as unknown;
  }

  it.each(names)('answers exactly what is expected: %s', async (name) => {
    expect(await answer(fixture(name))).toEqual(await expectedAnswer(name));
  });

  it.each(Object.entries(kubeProxyCases))('tells of kube-proxy with %s', async (_, one) => {
    const { kubeProxy } = (await answer(await kubeProxyTree(scratch, one.tree))) as {
      kubeProxy?: unknown;
    };
    expect(kubeProxy).toEqual(one.expected);
  });
});

describe('the probe with busybox and nothing else', () => {
  it('reads all but what needs other programs', async () => {
    const tools = await mkdtemp(join(scratch, 'busybox-'));
    const applets = ['sh', 'awk', 'cat', 'head', 'grep', 'readlink', 'renice', 'ionice', 'sleep'];
    const busybox = await locate('busybox');
    for (const applet of [...applets, 'timeout']) await symlink(busybox, join(tools, applet));
    // Its own would read the log of this machine.
    const missing = await mkdtemp(join(scratch, 'missing-'));
    await writeFile(join(missing, 'dmesg'), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
    const list = await readFile(join(fixture('amazon-linux-2023-busy'), 'conntrack.txt'), 'utf8');
    const tree = await editedFixture(scratch, 'amazon-linux-2023-busy', {
      'proc/net/nf_conntrack': list,
    });

    const shell = await shellThatRuns([join(tools, 'sh')], [missing]);
    const run = await runProbe(tree, { shell, onlyPath: [missing, tools].join(':') });

    expect(run.stderr.toString()).toBe('');
    const { list: told, ...rest } = JSON.parse(run.stdout.toString()) as Record<string, unknown>;
    const full = (await expectedAnswer('amazon-linux-2023-busy')) as Record<string, unknown>;
    expect(told).toEqual({ ...(full['list'] as object), from: 'proc' });
    const needOthers = ['list', 'tableFull', 'ena'];
    const left = Object.entries(full).filter(([key]) => !needOthers.includes(key));
    expect(rest).toEqual({ ...Object.fromEntries(left), nodeLocal: { interface: true } });
  });
});

describe('shellcheck', () => {
  it.each([PROBE, fixture('capture.sh')])('has nothing to say about %s', async (script) => {
    const shellcheck = await locate('shellcheck');
    const { stdout } = await promisify(execFile)(shellcheck, ['-s', 'sh', script]);
    expect(stdout).toBe('');
  });
});
