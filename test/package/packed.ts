import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a command said. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** The tarball of this checkout, and folders outside of it that go away. */
export interface Packed {
  readonly tarball: string;
  /** A new folder with these files. */
  folder(files?: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/** Builds and packs what `npm publish` would. */
export async function pack(): Promise<Packed> {
  const home = await mkdtemp(join(tmpdir(), 'conntrack-auditor-package-'));
  const { stdout } = await say(root, 'npm', 'pack', '--json', '--pack-destination', home);
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as { filename: string }[];
  let folders = 0;
  return {
    tarball: join(home, packed?.filename ?? ''),
    folder: async (files = {}) => {
      folders += 1;
      const folder = join(home, `folder-${folders}`);
      await mkdir(folder);
      await write(folder, files);
      return folder;
    },
    remove: () => rm(home, { recursive: true }),
  };
}

/** Runs a command in a folder, as somebody does who has no AWS account. */
export function say(cwd: string, program: string, ...args: string[]): Promise<Said> {
  const kept = Object.entries(process.env).filter(
    // What npm and the runner of these tests tell their children is not what a shell has.
    ([name]) => !/^(npm_|AWS_|VITEST|NODE_ENV$|NODE_OPTIONS$|CI$|FORCE_COLOR$)/.test(name),
  );
  const env = { ...Object.fromEntries(kept), CDK_DISABLE_CLI_TELEMETRY: 'true', NO_COLOR: '1' };
  return run(program, args, { cwd, env, maxBuffer: 2 ** 26 });
}

/** Writes files into a folder, and the folders that they need. */
export async function write(folder: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Copies one of the apps that lie beside these tests. */
export function copyApp(name: string, to: string): Promise<void> {
  return cp(fileURLToPath(new URL(`apps/${name}`, import.meta.url)), to, { recursive: true });
}
