import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsClients } from '../../lib/adapters/aws-clients.js';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { run } from '../../lib/cli/program.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { aTerminal } from '../support/a-terminal.js';

const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const PAGE = '<!doctype html><title>a page</title>';

let simulator: Simulator;
let clients: AwsClients;
let bucket: string;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  clients = simulatorClients(simulator);
  bucket = simulator.bucketName;
  await keep('20261126T080000Z-aaaaaa', PAGE);
  await keep('20261127T080000Z-bbbbbb', PAGE);
  await keep('20261127T090000Z-cccccc');
  await keep('20261120T080000Z', PAGE, { account: '444455556666', region: 'eu-west-1' });
});
afterAll(async () => {
  clients.destroy();
  await simulator.stop();
});
beforeEach(() => {
  for (const [name, value] of Object.entries(simulator.environment)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function keep(runId: string, page?: string, of = { account: ACCOUNT, region: REGION }) {
  const store = new S3RunStore(clients.s3, { bucket, ...of }, runId);
  await store.put('run.json', { runId });
  if (page !== undefined) await store.putText('report.html', page, 'text/html; charset=utf-8');
}

/** What the command does for a caller with the credentials of the simulated account. */
async function open(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['open', ...args], terminal);
  return { status, out: out().trim(), notes: notes() };
}

describe('open, of a run in a bucket', () => {
  it('prints an address that opens the page without credentials, and until when', async () => {
    const { status, out, notes } = await open('20261126T080000Z-aaaaaa', '--bucket', bucket);
    expect(status).toBe(0);
    expect(notes).toMatch(
      /^run 20261126T080000Z-aaaaaa; opens for whoever has the address, until \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/,
    );
    const answer = await fetch(out);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe(PAGE);
    const { pathname, searchParams } = new URL(out);
    const at = `runs/${ACCOUNT}/${REGION}/20261126T080000Z-aaaaaa/report.html`;
    expect(pathname).toBe(`/${bucket}/${at}`);
    expect(searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds the newest run that has a page, and says that there is a newer run', async () => {
    const { out, notes } = await open('latest', '--bucket', bucket);
    expect(out).toContain('/20261127T080000Z-bbbbbb/report.html?');
    expect(notes).toContain('20261127T090000Z-cccccc is newer, and has no page yet\n');
  });

  it('takes the address that messages have, with the account and the Region in it', async () => {
    const location = `s3://${bucket}/runs/444455556666/eu-west-1/20261120T080000Z/`;
    const { status, out } = await open(location, '--json');
    const { url, ...said } = JSON.parse(out) as { url: string };
    expect({ status, said }).toMatchObject({ status: 0, said: { location } });
    expect(new URL(url).searchParams.get('X-Amz-Credential')).toContain('/eu-west-1/s3/');
    expect(await (await fetch(url)).text()).toBe(PAGE);
  });

  it('finds the run of another account', async () => {
    const where = ['--account', '444455556666', '--region', 'eu-west-1', '--bucket', bucket];
    const { out } = await open('latest', ...where);
    expect(out).toContain('/runs/444455556666/eu-west-1/20261120T080000Z/report.html?');
  });

  it.each([
    ['1m', '60'],
    ['7d', '604800'],
    ['168h', '604800'],
  ])('signs for %s', async (time, seconds) => {
    const { out } = await open('latest', '--bucket', bucket, '--expires', time);
    expect(new URL(out).searchParams.get('X-Amz-Expires')).toBe(seconds);
  });

  it.each(['8d', '169h', '0m', 'week'])('refuses to sign for %s', async (time) => {
    const { status, out, notes } = await open('latest', '--bucket', bucket, '--expires', time);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(`should be a time such as 30m, 6h or 2d, at most 7d, got '${time}'`);
  });

  it('says when the credentials end before the address would', async () => {
    const minutes = 20;
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', new Date(Date.now() + minutes * 60_000).toISOString());
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    const { out, notes } = await open('latest', '--bucket', bucket);
    expect(Number(new URL(out).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(1_200);
    expect(notes).toContain('UTC, when your credentials end\n');
  });
});

describe('open fails with 3, and says what is wrong', () => {
  const at = `runs/${ACCOUNT}/${REGION}/`;
  it.each([
    [
      'no such run',
      () => ['20261126T080000Z', '--bucket', bucket],
      () =>
        `there is no run '20261126T080000Z' in s3://${bucket}/${at}; the newest is '20261127T090000Z-cccccc'`,
    ],
    [
      'no page in the run',
      () => ['20261127T090000Z-cccccc', '--bucket', bucket],
      () =>
        `the run at s3://${bucket}/${at}20261127T090000Z-cccccc/ has no report.html: it is under way, or of an older version`,
    ],
    [
      'no run at all',
      () => ['latest', '--bucket', bucket, '--account', '777788889999'],
      () => `there is no run in s3://${bucket}/runs/777788889999/${REGION}/`,
    ],
    [
      'no such bucket',
      () => ['latest', '--bucket', 'nowhere'],
      () => `s3:ListBucket of s3://nowhere/${at} failed: The specified bucket does not exist`,
    ],
    [
      'no bucket',
      () => ['latest'],
      () =>
        "'latest' is no folder; a run in a bucket needs --bucket (output BucketName of the stack), or its s3:// address",
    ],
    [
      'half an address',
      () => [`s3://${bucket}/runs/x/`],
      () =>
        `the address of a run should be s3://bucket/runs/account/region/run/, got 's3://${bucket}/runs/x/'`,
    ],
    [
      'a bucket beside an address',
      () => [`s3://${bucket}/${at}x/`, '--bucket', bucket],
      () => '--bucket should be absent beside',
    ],
    [
      'a name that leaves the runs',
      () => ['../../ledger', '--bucket', bucket],
      () => "a key of a run should be names of letters, digits, '.', '_', '=' and '-'",
    ],
    [
      'an account that is none',
      () => ['latest', '--bucket', bucket, '--account', 'prod'],
      () => "should be twelve digits, got 'prod'",
    ],
  ])('%s', async (_, args, wrong) => {
    const { status, out, notes } = await open(...args());
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(wrong());
  });

  it('no permission', async () => {
    const refusing = await aServiceThatRefuses();
    const { port } = refusing.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    const { status, notes } = await open(`s3://${bucket}/${at}20261126T080000Z-aaaaaa/`);
    refusing.close();
    expect(status).toBe(3);
    expect(notes).toContain('; the role needs s3:GetObject');
    expect(notes).toContain(`${at}20261126T080000Z-aaaaaa/report.html was refused`);
  });
});

async function aServiceThatRefuses(): Promise<Server> {
  const server = createServer((_, answer) => answer.writeHead(403).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
