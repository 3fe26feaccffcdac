import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import type { AuditSummary } from '../../lib/core/audit-fleet.js';
import { readFile } from '../../lib/core/run-files.js';
import type { Report } from '../../lib/core/report.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSmallFleet } from '../support/a-small-fleet.js';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const ticks = { inline: '2026-11-23T08:00:00Z', durable: '2026-11-23T14:00:00Z' };

let simulator: Simulator;

beforeAll(async () => {
  await run(process.execPath, [path('../../scripts/build.mjs'), '--lambda-only']);
  simulator = await startSimulator({ fleet: aSmallFleet });
});

afterAll(() => simulator.stop());

/** Runs the built function in a process of its own, with the environment that its construct gives it. */
async function invoke(mode: 'inline' | 'durable'): Promise<AuditSummary & { largest?: number }> {
  const { stdout } = await run(process.execPath, [path('run-handler.mjs'), mode, ticks[mode]], {
    env: {
      PATH: process.env['PATH'],
      ...simulator.environment,
      TOPIC_ARN: simulator.topicArn,
      BUCKET_NAME: simulator.bucketName,
      DOCUMENT_NAME: simulator.documentName,
      CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
      POLICY: '{}',
    },
  });
  return JSON.parse(stdout) as AuditSummary;
}

/** What the function left in its bucket, without the time and the name of the run. */
async function reportOf(runId: string): Promise<Omit<Report, 'runId' | 'startedAt'>> {
  const clients = simulatorClients(simulator);
  const store = new S3RunStore(clients.s3, simulator.bucketName, runId);
  const { runId: _, startedAt: __, ...report } = await readFile<Report>(store, 'report.json');
  clients.destroy();
  return report;
}

describe('the audit function, as it is bundled', () => {
  it('tells the same report as a durable function and in one plain invocation', async () => {
    const [inline, durable] = await Promise.all([invoke('inline'), invoke('durable')]);

    expect(inline).toMatchObject({
      runId: '20261123T080000Z',
      location: `s3://${simulator.bucketName}/runs/20261123T080000Z/`,
      nodes: { discovered: 4, read: 3, silent: 1 },
      findings: { critical: 1, warning: 1, notice: 0 },
    });
    expect(durable.nodes).toEqual(inline.nodes);
    expect(await reportOf(durable.runId)).toEqual(await reportOf(inline.runId));
    expect(durable.largest).toBeLessThan(60_000);
  });

  it('fails when a variable is missing, and names all that are', async () => {
    const failed = run(process.execPath, [path('run-handler.mjs'), 'inline', ticks.inline], {
      env: { PATH: process.env['PATH'], TOPIC_ARN: simulator.topicArn },
    });
    await expect(failed).rejects.toThrow(
      'missing environment variables: BUCKET_NAME, DOCUMENT_NAME, CLUSTER_GLOBS, POLICY',
    );
  });
});
