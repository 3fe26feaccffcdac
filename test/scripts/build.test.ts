import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'conntrack-auditor-build-'));

function buildLambda(name: string): string {
  const outdir = join(folder, name);
  execFileSync(process.execPath, [script, '--lambda-only', '--outdir', outdir], { cwd: tmpdir() });
  return join(outdir, 'audit.mjs');
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
    expect(readFileSync(buildLambda('second')).equals(readFileSync(built))).toBe(true);
  });

  it('loads alone and exports the two handlers that the construct names', () => {
    const source = `
      const handlers = await import(${JSON.stringify(pathToFileURL(built).href)});
      process.stdout.write(Object.keys(handlers).sort().join());`;
    const names = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
      cwd: tmpdir(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
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
      },
    });
    expect(names).toBe('durable,inline');
  });
});
