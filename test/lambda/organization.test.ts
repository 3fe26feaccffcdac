import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { readPartRecord } from '../../lib/core/organization/part-file.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSmallFleet } from '../support/a-small-fleet.js';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const ACCOUNT = '000000000000';
const RECORD = `audits/${ACCOUNT}/us-east-1.json`;

let simulator: Simulator;
let built: string;

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'handlers-'));
  const build = [path('../../scripts/build.mjs'), '--lambda-only', '--outdir', built];
  await run(process.execPath, build);
  simulator = await startSimulator({ fleet: aSmallFleet });
  return async () => {
    await simulator.stop();
    rmSync(built, { recursive: true });
  };
});

let clients: ReturnType<typeof simulatorClients>;
beforeAll(() => {
  clients = simulatorClients(simulator);
});
afterAll(() => {
  clients.destroy();
});

/** Runs one handler of the built code as Lambda would, and gives what it returned. */
async function invoke(module: string, handler: string, variables: Record<string, string> = {}) {
  const code = `import(process.argv[1]).then(({ ${handler}: handle }) => handle({ scheduledTime: '2026-11-23T08:00:00Z' })).then((told) => console.log('\\n' + JSON.stringify(told)))`;
  const { stdout } = await run(process.execPath, ['-e', code, join(built, module)], {
    env: {
      PATH: process.env['PATH'],
      ...simulator.environment,
      TOPIC_ARN: simulator.topicArn,
      BUCKET_NAME: simulator.bucketName,
      ...variables,
    },
  });
  return JSON.parse(stdout.trimEnd().split('\n').pop() ?? '') as unknown;
}

const spoke = {
  BUCKET_REGION: 'us-east-1',
  DOCUMENT_NAME: '',
  CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
  NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
  DASHBOARD: 'none',
  POLICY: '{}',
  MUTES: '[]',
  EVENTS: 'false',
  SECURITY_HUB: 'false',
  METRICS: 'false',
  HUB_CADENCE: '21600',
  ACCOUNT_ID: ACCOUNT,
  PARTITION: 'aws',
};

async function record(): Promise<string> {
  const asked = new GetObjectCommand({ Bucket: simulator.bucketName, Key: RECORD });
  const { Body } = await clients.s3.send(asked);
  return (await Body?.transformToString()) ?? '';
}

async function put(Key: string, Body: string): Promise<void> {
  await clients.s3.send(new PutObjectCommand({ Bucket: simulator.bucketName, Key, Body }));
}

describe('the digest of an organization', () => {
  it('is made of the record that an audit leaves for its hub', async () => {
    await invoke('audit.mjs', 'inline', { ...spoke, DOCUMENT_NAME: simulator.documentName });
    expect(readPartRecord(await record(), RECORD)).toMatchObject({
      account: { id: ACCOUNT },
      region: 'us-east-1',
      cadenceSeconds: 21_600,
      nodes: { discovered: 4 },
    });
    expect(await invoke('organization.mjs', 'digest')).toEqual({
      auditors: 1,
      missed: 0,
      unread: 0,
    });
  });

  it('names an auditor that missed its cadence, and a record that speaks for another account', async () => {
    const late = {
      ...(JSON.parse(await record()) as object),
      startedAt: '2026-11-20T08:00:00.000Z',
    };
    await put(RECORD, JSON.stringify(late));
    await put('audits/111122223333/us-east-1.json', JSON.stringify(late));
    expect(await invoke('organization.mjs', 'digest')).toEqual({
      auditors: 1,
      missed: 1,
      unread: 1,
    });
  });
});
