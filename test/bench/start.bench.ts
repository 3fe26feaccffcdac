/**
 * What it takes to start: `npm run bench:start`.
 *
 * Builds the package, and beside it the audit function plainly: not minified, with all shapes of every client and
 * with Security Hub's loaded at once. Each round starts everything once, so that whatever else the machine does meets all
 * of them alike. Figures are medians; CPU is that of the process, or of the import alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cost } from './measure.js';

const ROUNDS = 21;
const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = `node ${join(root, 'dist', 'cli', 'conntrack-auditor.js')}`;

const commands = {
  'node -e 0': 'node -e 0',
  '--help': `${cli} --help`,
  '--version': `${cli} --version`,
  'limit t3.xlarge': `${cli} limit t3.xlarge`,
  'explain table-filling': `${cli} explain table-filling`,
  'audit --help': `${cli} audit --help`,
};

const environment = {
  AWS_REGION: 'eu-west-1',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:findings',
  BUCKET_NAME: 'runs',
  BUCKET_REGION: 'eu-west-1',
  HUB_CADENCE: 'none',
  DOCUMENT_NAME: 'conntrack-auditor-probe',
  CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
  NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
  DASHBOARD: 'none',
  POLICY: '{}',
  MUTES: '[]',
  EVENTS: 'true',
  SECURITY_HUB: 'false',
  METRICS: 'true',
  ACCOUNT_ID: '000000000000',
  PARTITION: 'aws',
};

/** What one start of a function took. */
interface Import {
  readonly cpu: number;
  readonly rss: number;
}

/** Imports a function in a process of its own, and tells what that alone took. */
function imported(folder: string, env: object): Import {
  const url = JSON.stringify(pathToFileURL(join(folder, 'audit.mjs')).href);
  const source = `
    const before = process.cpuUsage();
    await import(${url});
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify({
      cpu: (user + system) / 1_000,
      rss: process.memoryUsage.rss() / 1e6,
    }));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...environment, ...env },
  });
  return JSON.parse(told) as Import;
}

async function buildPlainly(outdir: string): Promise<void> {
  await build({
    stdin: {
      contents: `export * from './lambda/audit.js';\nimport * as hub from './lib/adapters/security-hub-client.js';\nglobalThis.hub = hub;`,
      resolveDir: root,
    },
    outdir,
    entryNames: 'audit',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node24',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
}

function median(of: readonly number[]): number {
  return [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;
}

function bytesOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

const print = (text: string) => process.stdout.write(`${text}\n`);

/** How often everything is started, with what each start told. */
function rounds<T>(of: Readonly<Record<string, () => T>>): Record<string, T[]> {
  const told = Object.fromEntries(Object.keys(of).map((name) => [name, [] as T[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, start] of Object.entries(of)) told[name]?.push(start());
  }
  return told;
}

function benchCommands(): void {
  const starts = Object.entries(commands).map(
    ([name, command]) => [name, () => cost(command, process.env)] as const,
  );
  const told = rounds(Object.fromEntries(starts));
  const figures = Object.entries(told).map(([name, costs]) => ({
    name,
    cpu: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    wall: median(costs.map(({ wallSeconds }) => wallSeconds)),
  }));
  const [bare] = figures;
  for (const { name, cpu, wall } of figures) {
    const times = `${(cpu / (bare?.cpu ?? NaN)).toFixed(1)} times node -e 0 (wall: ${(wall / (bare?.wall ?? NaN)).toFixed(1)})`;
    print(`${name.padEnd(26)} ${(cpu * 1_000).toFixed(0).padStart(5)} ms of CPU  ${times}`);
  }
}

function benchFunction(plain: string, built: string): void {
  const told = rounds({
    'plain, Security Hub in it': () => imported(plain, {}),
    built: () => imported(built, {}),
    'built, Security Hub on': () => imported(built, { SECURITY_HUB: 'true' }),
  });
  print(`audit function: ${bytesOf(plain)} bytes plain, ${bytesOf(built)} built`);
  for (const [name, imports] of Object.entries(told)) {
    const cpu = median(imports.map((one) => one.cpu)).toFixed(0);
    const rss = median(imports.map((one) => one.rss)).toFixed(0);
    print(`${name.padEnd(26)} ${cpu.padStart(5)} ms of CPU to import, ${rss} MB of memory then`);
  }
}

const plain = mkdtempSync(join(tmpdir(), 'start-bench-'));
try {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  await buildPlainly(plain);
  print(`node ${process.version}, medians of ${ROUNDS} starts each`);
  benchCommands();
  benchFunction(plain, join(root, 'dist', 'lambda'));
} finally {
  rmSync(plain, { recursive: true });
}
