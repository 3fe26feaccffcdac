import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROBE_VERSION } from '../../lib/probe/version.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The probe as it is shipped. */
export const PROBE = join(repository, 'lib/probe/collect.sh');
const FIXTURES = join(repository, 'test/fixtures/probe');

/** The captured and hand-made hosts, by name. */
export async function fixtureNames(): Promise<string[]> {
  const entries = await readdir(FIXTURES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export function fixture(name: string): string {
  return join(FIXTURES, name);
}

/** What the probe answers on this fixture. */
export async function expectedAnswer(name: string): Promise<unknown> {
  const text = await readFile(join(fixture(name), 'expected.json'), 'utf8');
  return { ...(JSON.parse(text) as object), probe: PROBE_VERSION };
}

/** A copy of a fixture under `scratch` in which some files are replaced, or (`null`) removed. */
export async function editedFixture(
  scratch: string,
  name: string,
  files: Readonly<Record<string, string | null>>,
): Promise<string> {
  const tree = await mkdtemp(join(scratch, 'tree-'));
  await cp(fixture(name), tree, { recursive: true, verbatimSymlinks: true });
  for (const [path, text] of Object.entries(files)) {
    if (text === null) await rm(join(tree, path));
    else {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
  }
  return tree;
}

export interface ProbeRun {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly code: number | null;
}

export interface ProbeOptions {
  /** The shell and its arguments before the script. @default ['sh'] */
  readonly shell?: readonly string[];
  /** Folders to find tools in before the system's. */
  readonly path?: readonly string[];
  /** Replaces the whole search path. */
  readonly onlyPath?: string;
  readonly cwd?: string;
  /** Added to the environment, or replaced in it. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the probe on a tree, or on this machine when the tree is the empty text. */
export function runProbe(tree: string, options: ProbeOptions = {}): Promise<ProbeRun> {
  const [shell = 'sh', ...rest] = options.shell ?? ['sh'];
  const system = process.env['PATH'] ?? '/usr/bin:/bin';
  return new Promise((resolve, reject) => {
    const child = spawn(shell, [...rest, PROBE], {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: options.onlyPath ?? [...(options.path ?? []), system].join(':'),
        CONNTRACK_PROBE_ROOT: tree,
        CONNTRACK_PROBE_LATER: tree === '' ? '' : join(tree, 'later'),
        CONNTRACK_PROBE_PAUSE: '0',
        ...options.environment,
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), code });
    });
  });
}

/** Path -> content (or where a link points), of all that is in a folder. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) found[path] = await readlink(path);
    else found[path] = entry.isDirectory() ? 'folder' : await readFile(path, 'latin1');
  }
  return found;
}
