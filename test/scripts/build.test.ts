import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'conntrack-auditor-build-'));

/** What the construct sets where Security Hub is off. */
const environment = {
  AWS_REGION: 'eu-west-1',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:findings',
  BUCKET_NAME: 'runs',
  BUCKET_REGION: 'eu-west-1',
  DOCUMENT_NAME: 'conntrack-auditor-probe',
  CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
  NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
  DASHBOARD: 'none',
  POLICY: '{}',
  MUTES: '[]',
  EVENTS: 'false',
  SECURITY_HUB: 'false',
  METRICS: 'false',
  HUB_CADENCE: 'none',
  ACCOUNT_ID: '000000000000',
  PARTITION: 'aws',
};

function buildLambda(name: string): string {
  const outdir = join(folder, name);
  execFileSync(process.execPath, [script, '--lambda-only', '--outdir', outdir], { cwd: tmpdir() });
  return outdir;
}

/** Every file that was built: its name, size and hash. */
function filesOf(built: string): { name: string; size: number; hash: string }[] {
  return readdirSync(built).map((name) => {
    const bytes = readFileSync(join(built, name));
    return { name, size: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') };
  });
}

/** The names of what the function exports, once it is loaded with this environment. */
function handlersOf(built: string, env: object): string {
  const source = `
    const handlers = await import(${JSON.stringify(pathToFileURL(join(built, 'audit.mjs')).href)});
    process.stdout.write(Object.keys(handlers).sort().join());`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: tmpdir(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, ...env },
  });
}

describe('the built audit function', () => {
  let built: string;
  beforeAll(() => {
    built = buildLambda('first');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('has the same bytes when the same source is built again', () => {
    expect(filesOf(buildLambda('second'))).toEqual(filesOf(built));
  });

  it('loads alone and exports the two handlers that the construct names', () => {
    expect(handlersOf(built, {})).toBe('durable,inline');
    expect(handlersOf(built, { SECURITY_HUB: 'true' })).toBe('durable,inline');
  });

  it('has at most 1.6 MB beside the client of Security Hub', () => {
    const bytes = filesOf(built)
      .filter(({ name }) => !name.startsWith('security-hub-client-'))
      .reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(1_600_000);
  });

  it('loads the client of Security Hub only where it is on', () => {
    const without = join(folder, 'without');
    cpSync(built, without, {
      recursive: true,
      filter: (file) => !basename(file).startsWith('security-hub-'),
    });
    expect(handlersOf(without, {})).toBe('durable,inline');
    expect(() => handlersOf(without, { SECURITY_HUB: 'true' })).toThrow(
      /security-hub-client-\w+\.mjs/,
    );
  });
});
