import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFolder } from '../support/demo-folder.js';
import { call } from '../support/mcp-client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Node's own guard: what is not allowed here (writing, processes, threads, addons) fails with ERR_ACCESS_DENIED. */
const guard = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

let folder: string;
let saved: string;
let guarded: readonly string[];
let client: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-reads-'));
  saved = join(folder, 'run');
  await demoFolder(saved);
  // TypeScript is not run under the guard, as what compiles it is a process of its own.
  await build({
    absWorkingDir: root,
    entryPoints: { conntrack: 'bin/conntrack-auditor.ts' },
    outdir: join(folder, 'lib/cli'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: ['fauxqs'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  await mkdir(join(folder, 'lib'), { recursive: true });
  for (const one of ['core', 'probe', 'demo-run']) {
    await symlink(join(root, 'lib', one), join(folder, 'lib', one));
  }
  guarded = ['--no-warnings', guard, '--allow-fs-read=*', join(folder, 'lib/cli/conntrack.mjs')];
  client = new Client({ name: 'test', version: '1' });
  const args = [...guarded, 'mcp', '--from', saved];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder }));
});

afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true });
});

/** Every file of a folder, with its time and its text. */
async function stateOf(folderPath: string): Promise<readonly unknown[]> {
  const names = (await readdir(folderPath, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folderPath, name);
      const about = await stat(path);
      return [name, about.mtimeMs, about.isFile() ? await readFile(path, 'utf8') : ''];
    }),
  );
}

describe('the server', () => {
  it('answers everything where Node lets it write nothing and start nothing', async () => {
    const before = await stateOf(saved);
    const asked = [
      ['runs', {}],
      ['report', {}],
      ['findings', {}],
      ['finding', { id: 'table-drops/storefront/web' }],
      ['plan', {}],
      ['action', { id: 'raise-limit/storefront' }],
      ['what-if', { if: ['raise-limit=524288'] }],
      ['fix', { plan: true }],
      ['limit', { type: 't3.xlarge' }],
      ['explain', { id: 'raise-limit' }],
    ] as const;
    const { tools } = await client.listTools();
    expect(asked.map(([name]) => name)).toEqual(tools.map(({ name }) => name));
    for (const [name, args] of asked) {
      const { isError, text } = await call(client, name, args);
      expect([name, isError, isError ? text : '']).toEqual([name, false, '']);
    }
    expect(await stateOf(saved)).toEqual(before);
  });

  it('is guarded by what stops a command that writes', async () => {
    const writing = ['fix', '--plan', '--from', saved, '-o', join(folder, 'files')];
    const outcome = await promisify(execFile)(process.execPath, [...guarded, ...writing]).catch(
      (error: unknown) => (error as { stderr: string }).stderr,
    );
    expect(outcome).toContain('Access to this API has been restricted');
  });
});
