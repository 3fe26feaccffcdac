import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode } from '../support/a-simulated-node.js';
import { aTerminal } from '../support/a-terminal.js';
import {
  ec2Refusal,
  refusal,
  startFaultyAccount,
  type FaultyAccount,
} from '../support/faulty-account.js';

let simulator: Simulator;
let account: FaultyAccount;
let home: string;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([aSimulatedNode(1)]) });
  account = await startFaultyAccount(simulator.endpoint);
  home = await mkdtemp(join(tmpdir(), 'asking-'));
  await writeFile(
    join(home, 'config'),
    '[profile dev]\nsso_session = us\nregion = us-east-1\nsso_account_id = 111122223333\nsso_role_name = ro\n[sso-session us]\nsso_region = us-east-1\nsso_start_url = http://127.0.0.1:9/start\n',
  );
});
afterAll(async () => {
  await account.stop();
  await simulator.stop();
  await rm(home, { recursive: true });
});
beforeEach(() => {
  account.fault = () => undefined;
  const environment = {
    ...simulator.environment,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    HOME: home,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_PROFILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The last line that an audit says of what went wrong. */
async function failing(...args: string[]): Promise<string> {
  const { terminal, notes } = aTerminal();
  expect(await run(['audit', ...args], terminal)).toBe(3);
  return notes().trimEnd().split('\n').at(-1) ?? '';
}

describe('the error of an audit', () => {
  it('names the action, who asked and the statement to add', async () => {
    account.fault = ({ operation }) =>
      operation === 'GET /clusters' ? refusal('AccessDeniedException', 'not you', 403) : undefined;
    expect(await failing()).toBe(
      'error: eks:ListClusters in us-east-1 was refused: not you; the role needs eks:ListClusters; asked by arn:aws:iam::000000000000:root; next: allow it with {"Effect":"Allow","Action":"eks:ListClusters","Resource":"*"}',
    );
  });

  it('names the same of EC2, which has words of its own', async () => {
    account.fault = ({ operation }) =>
      operation === 'DescribeInstances' ? ec2Refusal('UnauthorizedOperation', 'no') : undefined;
    expect(await failing()).toContain('"Action":"ec2:DescribeInstances"');
  });

  it('does not speak of permissions where a service failed', async () => {
    account.fault = ({ operation }) =>
      operation === 'GET /clusters' ? { status: 400, body: '{"message":"odd"}' } : undefined;
    const line = await failing();
    expect(line).toContain('eks:ListClusters in us-east-1 failed');
    expect(line).not.toContain('allow it with');
  });

  it('is that no Region is set', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    expect(await failing()).toBe(
      'error: no Region is set; name one: --region us-east-1, or export AWS_REGION',
    );
  });

  it('is that the sign-in of a profile is over, and names the command', async () => {
    expect(await failing('--profile', 'dev')).toMatch(
      /^error: the credentials of profile 'dev' have expired: .*; next: aws sso login --profile dev$/,
    );
  });

  it('is that no profile has the name, and which one has', async () => {
    expect(await failing('--profile', 'dve')).toContain("no profile 'dve'");
  });

  it('is that the keys of the environment have expired', async () => {
    account.fault = ({ operation }) =>
      operation === 'GET /clusters' ? refusal('ExpiredTokenException', 'old', 403) : undefined;
    expect(await failing()).toBe(
      'error: the credentials of the keys of the environment have expired: old; next: export new keys, or name a profile with --profile',
    );
  });

  it.each([
    ['notify', ['--test', '--topic-arn', 'arn:aws:sns:us-east-1:000000000000:findings']],
    ['open', ['latest', '--bucket', 'runs', '--account', '000000000000']],
  ])('names the next command of %s too', async (command, args) => {
    const { terminal, notes } = aTerminal();
    expect(await run([command, ...args, '--profile', 'dev'], terminal)).toBe(3);
    expect(notes()).toContain('next: aws sso login --profile dev');
  });
});
