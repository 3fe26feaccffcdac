import { execFile } from 'node:child_process';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import type { AuditSummary } from '../../lib/core/run/audit-fleet.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Report } from '../../lib/core/judge/report.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSmallFleet } from '../support/a-small-fleet.js';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const ticks = { inline: '2026-11-23T08:00:00Z', durable: '2026-11-23T14:00:00Z' };

type Mode = keyof typeof ticks;

/** An account for each: what one audit leaves in the ledger is news no more to the other. */
let simulators: Record<Mode, Simulator>;

beforeAll(async () => {
  await run(process.execPath, [path('../../scripts/build.mjs'), '--lambda-only']);
  const [inline, durable] = await Promise.all([
    startSimulator({ fleet: aSmallFleet }),
    startSimulator({ fleet: aSmallFleet }),
  ]);
  simulators = { inline, durable };
});

afterAll(() => Promise.all(Object.values(simulators).map((simulator) => simulator.stop())));

/** What the function returned, and what it wrote to its log before. */
interface Invoked {
  readonly returned: AuditSummary & { largest?: number; collected?: number };
  readonly log: readonly string[];
}

/** Runs the built function in a process of its own, with the environment that its construct gives it. */
async function invoke(mode: Mode, event: object = {}): Promise<Invoked> {
  const simulator = simulators[mode];
  const sent = JSON.stringify({ scheduledTime: ticks[mode], ...event });
  const { stdout } = await run(process.execPath, [path('run-handler.mjs'), mode, sent], {
    env: {
      PATH: process.env['PATH'],
      ...simulator.environment,
      TOPIC_ARN: simulator.topicArn,
      BUCKET_NAME: simulator.bucketName,
      BUCKET_REGION: 'us-east-1',
      DOCUMENT_NAME: simulator.documentName,
      CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
      NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
      DASHBOARD: 'none',
      POLICY: '{}',
      MUTES: '[]',
      EVENTS: 'false',
      SECURITY_HUB: 'false',
      METRICS: 'true',
      HUB_CADENCE: 'none',
      ACCOUNT_ID: '000000000000',
      PARTITION: 'aws',
    },
  });
  const lines = stdout.trimEnd().split('\n');
  const returned = JSON.parse(lines.pop() ?? '') as Invoked['returned'];
  return { returned, log: lines };
}

/** What a run left in the bucket under this name. */
async function leftBy(simulator: Simulator, runId: string, name: string): Promise<unknown> {
  const clients = simulatorClients(simulator);
  const store = new S3RunStore(
    clients.s3,
    { bucket: simulator.bucketName, account: '000000000000', region: 'us-east-1' },
    runId,
  );
  const left = await store.get(name);
  clients.destroy();
  return left;
}

/** The report of a run, without its time and name. */
async function reportOf(
  simulator: Simulator,
  runId: string,
): Promise<Omit<Report, 'runId' | 'startedAt'>> {
  const left = (await leftBy(simulator, runId, 'report.json')) as Report;
  const { runId: _, startedAt: __, ...report } = left;
  return report;
}

/** The keys of everything in the bucket of an account. */
async function keysOf(simulator: Simulator): Promise<string[]> {
  const clients = simulatorClients(simulator);
  const { Contents: objects = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: simulator.bucketName }),
  );
  clients.destroy();
  return objects.map(({ Key }) => Key ?? '');
}

describe('the audit function, as it is bundled', () => {
  let inline: Invoked;
  let durable: Invoked;

  beforeAll(async () => {
    [inline, durable] = await Promise.all([invoke('inline'), invoke('durable')]);
  });

  it('tells the same report as a durable function and in one plain invocation', async () => {
    expect(inline.returned).toMatchObject({
      runId: '20261123T080000Z',
      location: `s3://${simulators.inline.bucketName}/runs/000000000000/us-east-1/20261123T080000Z/`,
      nodes: { discovered: 4, read: 3, silent: 1 },
      findings: { critical: 1, warning: 1, notice: 0 },
    });
    expect(durable.returned.nodes).toEqual(inline.returned.nodes);
    expect(await reportOf(simulators.durable, durable.returned.runId)).toEqual(
      await reportOf(simulators.inline, inline.returned.runId),
    );
    expect(durable.returned.largest).toBeLessThan(60_000);
  });

  it('takes memory back where Lambda lets it', () => {
    expect(inline.returned.collected).toBe(3);
  });

  it('leaves a page in the bucket, and links to it', async () => {
    const { links, location } = (await leftBy(
      simulators.inline,
      inline.returned.runId,
      'digest.json',
    )) as Digest;
    expect(links).toMatchObject({ page: 'report.html' });
    const prefix = location.slice(`s3://${simulators.inline.bucketName}/`.length);
    expect(await keysOf(simulators.inline)).toContain(`${prefix}report.html`);
  });

  it('names the audited account', async () => {
    const { account } = await reportOf(simulators.inline, inline.returned.runId);
    expect(account).toEqual({ id: '000000000000', alias: 'conntrack-demo' });
  });

  it('says in its first message that it is the first', async () => {
    const left = await leftBy(simulators.durable, durable.returned.runId, 'digest.json');
    expect((left as Digest).notes[0]).toContain('this is the first audit of this account');
  });

  it('keeps a ledger and a history, and writes metrics to its log', async () => {
    const keys = await keysOf(simulators.inline);
    expect(keys).toContain('ledger/000000000000/us-east-1/ledger.json');
    expect(keys.filter((key) => key.startsWith('history/'))).toHaveLength(1);
    const metrics = inline.log.filter((line) => line.includes('"_aws"'));
    expect(metrics.length).toBeGreaterThan(0);
  });

  it('tells nothing of a tick that is delivered twice', async () => {
    const again = await invoke('inline');
    expect(inline.returned.told).toBeGreaterThan(0);
    expect(again.returned).toMatchObject({ told: 0, nodes: inline.returned.nodes });
  });

  it('sends a made-up finding when it is asked to, and audits nothing', async () => {
    const { returned } = await invoke('inline', { test: true, scheduledTime: undefined });
    expect(returned).toMatchObject({ test: true });
    expect(returned).not.toHaveProperty('nodes');
  });

  it('fails when a variable is missing, and names all that are', async () => {
    const failed = run(process.execPath, [path('run-handler.mjs'), 'inline', '{}'], {
      env: { PATH: process.env['PATH'], TOPIC_ARN: simulators.inline.topicArn },
    });
    await expect(failed).rejects.toThrow(
      'missing environment variables: BUCKET_NAME, BUCKET_REGION, DOCUMENT_NAME, CLUSTER_GLOBS, NODE_TAG_KEYS, POLICY, MUTES, EVENTS, SECURITY_HUB, METRICS, DASHBOARD, HUB_CADENCE, ACCOUNT_ID, PARTITION',
    );
  });
});
