import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';
import { demoFolder } from '../support/demo-folder.js';
import { call, spawnedClient } from '../support/mcp-client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = ['bin/conntrack-auditor.ts'];

let folder: string;
let saved: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-cli-'));
  saved = join(folder, 'run');
  await demoFolder(saved);
});

afterAll(() => rm(folder, { recursive: true }));

async function mcp(...args: string[]) {
  const { terminal, notes } = aTerminal();
  return { status: await run(['mcp', ...args], terminal), notes: notes() };
}

/** The saved run in another folder, under another id. */
async function renamed(runId: string): Promise<string> {
  const copy = join(folder, `copy-${runId.length}`);
  await cp(saved, copy, { recursive: true });
  const file = join(copy, 'run.json');
  const told = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...told, runId }));
  return copy;
}

describe('mcp', () => {
  it('starts with folders that hold a run alone', async () => {
    const { status, notes } = await mcp('--from', folder);
    expect({ status, notes }).toEqual({
      status: 3,
      notes: `error: '${folder}' holds no run: it has no run.json\n`,
    });
  });

  it('takes a run once', async () => {
    expect((await mcp('--from', saved, '--demo')).notes).toMatch(
      /^error: two of the folders hold the run '/,
    );
  });

  it.each(['a b', 'x'.repeat(129)])('refuses the id of a run that is no id: %s', async (runId) => {
    const { notes } = await mcp('--from', await renamed(runId));
    expect(notes).toContain(
      "'runId' should have 1 to 128 letters, digits or any of _ . : -, got 'a b'".slice(0, 40),
    );
  });

  it('asks which of several runs is meant', async () => {
    const other = await renamed('x'.repeat(128));
    const client = await spawnedClient(['--from', saved, '--from', other]);
    const { text } = await call(client, 'report');
    expect(text).toMatch(/^'run' is missing; this server has 2026\S+, x{128}$/);
    const { structured } = await call(client, 'report', { run: 'x'.repeat(128) });
    expect(structured).toMatchObject({ run: { id: 'x'.repeat(128), simulated: false } });
    await client.close();
  });

  it('says that it has no run, and answers what needs none', async () => {
    const client = await spawnedClient([]);
    expect(await call(client, 'runs')).toMatchObject({ structured: { runs: [] } });
    expect((await call(client, 'plan')).text).toContain('start it with --from <dir>');
    expect((await call(client, 'limit', { type: 't3.xlarge' })).structured).toMatchObject({
      expected: 131_072,
    });
    const { structured } = await call(client, 'fix', { remedy: 'raise-limit', limit: 262_144 });
    expect(structured['files']).not.toHaveLength(0);
    await client.close();
  });

  it('serves the run of the simulated fleet where it is asked to, and says whose it is', async () => {
    // A client that asks for the newest revision of the protocol; the others here take the one before.
    const client = await spawnedClient(['--demo'], { versionNegotiation: { mode: 'auto' } });
    const { structured, text } = await call(client, 'report');
    expect(structured).toMatchObject({ run: { simulated: true } });
    expect(text).toContain('a simulated fleet');
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    await client.close();
  });

  it('ends with status 0 when its client goes, and prints nothing but the protocol', async () => {
    const server = spawn(process.execPath, ['--import', 'tsx', ...bin, 'mcp', '--demo'], {
      cwd: root,
    });
    const out: Buffer[] = [];
    server.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    server.stdin.write('no json\n');
    server.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await once(server.stdout, 'data');
    server.stdin.end();
    expect(await once(server, 'exit')).toEqual([0, null]);
    for (const line of Buffer.concat(out).toString().trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
    }
  });

  it.each([
    [['--help'], false],
    [['mcp', '--help'], false],
    [['mcp'], true],
  ])('loads the protocol where it is spoken alone: %s', async (args, isLoaded) => {
    const server = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', watching, ...bin, ...args],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const notes: Buffer[] = [];
    server.stderr.on('data', (chunk: Buffer) => notes.push(chunk));
    await once(server, 'close');
    expect(Buffer.concat(notes).toString().includes('loaded the protocol')).toBe(isLoaded);
  });
});

const hook = `export async function load(url, context, next) {
  if (url.includes('@modelcontextprotocol')) process._rawDebug('loaded the protocol');
  return next(url, context);
}`;

/** A module that says on stderr when the SDK of the protocol is loaded. */
const watching = asModule(
  `import { register } from 'node:module'; register(${JSON.stringify(asModule(hook))});`,
);

function asModule(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
