import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counted, Slowness, Spent } from './counted.js';
import type { Layout } from './layout.js';

/** MB of a function of 512 MB that its heap may take: Lambda gives 90 % to the old space, and 5 to each half of the young. */
const MEMORY = 512;
const HEAP = [
  '--expose-gc',
  `--max-semi-space-size=${Math.floor(MEMORY * 0.05)}`,
  `--max-old-space-size=${Math.floor(MEMORY * 0.9)}`,
];

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** One audit: what it cost, and what the account saw of it. */
export interface Audited {
  readonly spent: Spent;
  readonly counted: Counted;
}

/** Audits a fleet so often, one after the other in one process. Each is told as soon as it has ended. */
export async function auditsOf(
  layout: Layout,
  slowness: Slowness,
  audits: number,
): Promise<readonly Audited[]> {
  const account = fork(
    path('account-process.ts'),
    [JSON.stringify(layout), JSON.stringify(slowness)],
    {
      execArgv: ['--import', 'tsx'],
    },
  );
  try {
    const [{ port }] = (await once(account, 'message')) as [{ readonly port: number }];
    return await auditsIn(account, port, slowness.buckets ? 'real' : 'none', audits);
  } finally {
    const ended = once(account, 'exit');
    account.disconnect();
    await ended;
  }
}

async function auditsIn(account: ChildProcess, port: number, waits: string, audits: number) {
  const auditor = fork(
    path('audit-process.mjs'),
    [path('../../../dist/lambda/audit.mjs'), String(audits), waits],
    { execArgv: HEAP, env: environment(port), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const ended = once(auditor, 'exit').then(([code]) => {
    throw new Error(`the audit ended early, with status ${String(code)}`);
  });
  const all: Audited[] = [];
  while (all.length < audits) {
    const [spent] = (await Promise.race([once(auditor, 'message'), ended])) as [Spent];
    account.send('count');
    const [counted] = (await once(account, 'message')) as [Counted];
    all.push({ spent, counted });
    auditor.send('next');
  }
  await ended.catch(() => undefined);
  return all;
}

/** The variables as the construct sets them, and the address of the account. */
function environment(port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_NO_WARNINGS: '1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'fake',
    AWS_SECRET_ACCESS_KEY: 'fake',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:conntrack-auditor-findings',
    BUCKET_NAME: 'conntrack-auditor-runs',
    BUCKET_REGION: 'us-east-1',
    HUB_CADENCE: 'none',
    DOCUMENT_NAME: 'conntrack-auditor-probe',
    CLUSTER_GLOBS: '{"include":[],"exclude":[]}',
    NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
    DASHBOARD: 'none',
    POLICY: '{}',
    MUTES: '[]',
    EVENTS: 'false',
    SECURITY_HUB: 'false',
    METRICS: 'true',
    ACCOUNT_ID: '000000000000',
    PARTITION: 'aws',
  };
}
