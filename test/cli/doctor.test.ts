import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateDocumentCommand } from '@aws-sdk/client-ssm';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import type { Checked } from '../../lib/cli/doctor/checked.js';
import { run } from '../../lib/cli/program.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { fleetReads, SEND } from '../../lib/core/configuration/permissions.js';
import { newRunId } from '../../lib/run-id.js';
import { probeDocument } from '../../lib/simulator/built-in-documents.js';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../lib/simulator/start-simulator.js';
import { aSimulatedCluster, aSimulatedFleet, aSimulatedNode } from '../support/a-simulated-node.js';
import { aTerminal } from '../support/a-terminal.js';
import { refusal, startFaultyAccount, type FaultyAccount } from '../support/faulty-account.js';

const account = '000000000000';
const role = `arn:aws:sts::${account}:assumed-role/Auditor/session`;
const fleet = aSimulatedFleet([aSimulatedNode(1), aSimulatedNode(2)]);

async function opened(options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ fleet, ...options });
}

function enter(environment: Readonly<Record<string, string>>) {
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}
afterEach(() => {
  vi.unstubAllEnvs();
});

async function doctor(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['doctor', '--json', ...args], terminal);
  if (out() === '') throw new Error(notes());
  const { checks } = JSON.parse(out()) as { checks: Checked[] };
  const of = (check: string) => checks.find((one) => one.check === check);
  const bad = checks.filter(({ state }) => state !== 'ok').map(({ check }) => check);
  return { status, checks, of, bad };
}

/** What an account has after an audit that told somebody. */
async function keepRun(simulator: Simulator, runId: string, ...keys: string[]) {
  const clients = simulatorClients(simulator);
  const place = { bucket: simulator.bucketName, account, region: 'us-east-1' };
  const store = new S3RunStore(clients.s3, place, runId);
  for (const key of keys) await store.put(key, {});
  clients.destroy();
}

describe('doctor, where nothing is wrong', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await opened({ caller: role });
    await keepRun(simulator, newRunId(), 'run.json', 'report.json');
  });
  afterAll(() => simulator.stop());
  beforeEach(() => {
    enter(simulator.environment);
  });

  it('ends with 0, and names each permission of the role', async () => {
    const { status, checks, bad } = await doctor();
    expect({ status, bad }).toEqual({ status: 0, bad: [] });
    const actions = [...fleetReads.flatMap((one) => one.actions), SEND];
    expect(checks.map(({ check }) => check)).toEqual([
      ...['credentials', 'region', 'clusters', ...actions],
      ...['document', 'ssm', 'stack', 'subscription', 'last-audit'],
    ]);
  });

  it('tells people the same in lines', async () => {
    const { terminal, out } = aTerminal();
    expect(await run(['doctor'], terminal)).toBe(0);
    expect(out()).toContain(`ok         credentials: ${role}\n`);
    expect(out()).toContain('ok         ssm: 2 of 2 nodes online\n');
    expect(out()).not.toContain('next:');
  });

  it('sends nothing to a node', async () => {
    const proxy = await startFaultyAccount(simulator.endpoint);
    enter({ ...simulator.environment, AWS_ENDPOINT_URL: proxy.endpoint });
    await doctor();
    const changing = [...proxy.asked.keys()].filter(
      (name) => !/^(Get|List|Describe|Simulate|GET )/.test(name),
    );
    await proxy.stop();
    expect(changing).toEqual([]);
  });

  it('names a cluster that does not exist, and the one that was meant', async () => {
    const { status, of } = await doctor('--cluster', 'tset', '--cluster', 'testt');
    expect(status).toBe(1);
    expect(of('clusters')?.says).toContain("no cluster is called 'tset'");
  });

  it('does not know what no stack names, and says how to name it', async () => {
    const { status, of, bad } = await doctor('--stack', 'Other');
    expect({ status, bad }).toEqual({ status: 2, bad: ['stack', 'subscription', 'last-audit'] });
    expect(of('stack')).toMatchObject({
      state: 'unknown',
      says: "no stack is called 'Other' in us-east-1",
    });
    expect(of('subscription')?.next).toBe('name it with --topic');
    expect(of('last-audit')?.next).toBe('name it with --bucket');
  });

  it('asks for no stack where topic and bucket are named', async () => {
    const { topicArn, bucketName } = simulator;
    const { status } = await doctor(
      '--stack',
      'Other',
      '--topic',
      topicArn,
      '--bucket',
      bucketName,
    );
    expect(status).toBe(0);
  });

  it('finds neither a topic nor a bucket of another name', async () => {
    const topic = `arn:aws:sns:us-east-1:${account}:others`;
    const { bad } = await doctor('--topic', topic, '--bucket', 'no-such-bucket');
    expect(bad).toEqual(['subscription', 'last-audit']);
  });
});

describe('doctor, without credentials', () => {
  it('names the fault and the next command, and does not know the rest', async () => {
    const simulator = await opened();
    enter({ ...simulator.environment, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    const { status, checks } = await doctor();
    await simulator.stop();
    expect(status).toBe(1);
    expect(checks).toEqual([
      expect.objectContaining({
        check: 'credentials',
        state: 'fault',
        next: 'aws configure sso, or name a profile with --profile',
      }),
      { check: 'rest', state: 'unknown', says: 'not asked without credentials' },
    ]);
  });

  it('names a Region that is not set', async () => {
    enter({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    const { status, of } = await doctor();
    expect(status).toBe(1);
    expect(of('region')).toMatchObject({ state: 'fault', says: 'no Region is set' });
  });
});

describe('doctor, where one permission is missing', () => {
  const denied = ['eks:DescribeNodegroup', 'iam:ListAccountAliases'];

  it('hears it of IAM, names it and the statement to add, and spares what an audit spares', async () => {
    const simulator = await opened({ caller: role, denied });
    enter(simulator.environment);
    const { status, checks, of } = await doctor();
    await simulator.stop();
    expect(status).toBe(1);
    expect(of('eks:DescribeNodegroup')).toEqual({
      check: 'eks:DescribeNodegroup',
      state: 'fault',
      says: `refused to ${role}`,
      next: `allow it with {"Effect":"Allow","Action":"eks:DescribeNodegroup","Resource":"arn:aws:eks:us-east-1:${account}:nodegroup/*/*"}`,
    });
    expect(of('iam:ListAccountAliases')).toMatchObject({ state: 'ok' });
    expect(of(SEND)).toMatchObject({ state: 'ok', says: 'allowed: IAM says so' });
    expect(
      checks.filter(({ check, state }) => check.includes(':') && state === 'fault'),
    ).toHaveLength(1);
  });

  it('finds it by trying where IAM does not simulate, and leaves what it does not try', async () => {
    const all = fleetReads.flatMap((one) => one.actions);
    const simulator = await opened({
      caller: role,
      denied: [...all, 'iam:SimulatePrincipalPolicy'],
    });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    for (const action of all.filter((one) => one !== 'iam:ListAccountAliases')) {
      expect(of(action), action).toMatchObject({ state: 'fault' });
    }
    expect(of(SEND)).toMatchObject({ state: 'unknown' });
    expect(of(SEND)?.next).toContain('"Action":"iam:SimulatePrincipalPolicy"');
  });

  it('finds each of them allowed by trying where nothing is denied', async () => {
    const simulator = await opened({ caller: role, denied: ['iam:GetRole'] });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    for (const action of fleetReads.flatMap((one) => one.actions)) {
      expect(of(action), action).toMatchObject({ state: 'ok', says: 'allowed: tried' });
    }
  });

  it('does not know of a document and a stack that it may not read', async () => {
    const simulator = await opened({
      caller: role,
      denied: ['ssm:GetDocument', 'cloudformation:DescribeStacks'],
    });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    expect(of('document')?.next).toContain('"Action":"ssm:GetDocument"');
    expect(of('stack')?.next).toContain('"Action":"cloudformation:DescribeStacks"');
  });
});

describe('doctor, where something is out of order', () => {
  let simulator: Simulator;
  let proxy: FaultyAccount;
  beforeAll(async () => {
    const nodes = [
      aSimulatedNode(1),
      aSimulatedNode(2, { registration: 'missing' }),
      aSimulatedNode(3, { registration: 'connection-lost' }),
    ];
    simulator = await opened({ fleet: aSimulatedFleet(nodes, aSimulatedCluster('empty')) });
    proxy = await startFaultyAccount(simulator.endpoint);
  });
  afterAll(async () => {
    await proxy.stop();
    await simulator.stop();
  });
  beforeEach(() => {
    proxy.fault = () => undefined;
    enter({ ...simulator.environment, AWS_ENDPOINT_URL: proxy.endpoint });
  });

  it('names nodes that are offline or unknown to Systems Manager, by reason', async () => {
    const { of } = await doctor();
    expect(of('ssm')).toMatchObject({ state: 'fault' });
    expect(of('ssm')?.says).toMatch(
      /^1 of 3 nodes online; 1 ssm-missing \(i-0.*2\); 1 ssm-offline \(i-0.*3\)$/,
    );
    expect(of('ssm')?.next).toContain('AmazonSSMManagedInstanceCore');
    expect(of('ssm')?.next).toContain('systemctl status amazon-ssm-agent');
  });

  it('names a document that is not there, and another one that is old', async () => {
    const missing = await doctor('--document', 'no-such-probe');
    expect(missing.of('document')).toMatchObject({
      state: 'fault',
      says: "'no-such-probe' does not exist in us-east-1",
    });
    expect(missing.of('document')?.next).toContain('cdk deploy');
    const clients = simulatorClients(simulator);
    const probe = readFileSync('lib/probe/collect.sh', 'utf8').replace('#!/bin/sh', '#!/bin/sh\n:');
    await clients.ssm.send(
      new CreateDocumentCommand({ Name: 'old-probe', Content: probeDocument(`${probe}\n:`) }),
    );
    clients.destroy();
    const old = await doctor('--document', 'old-probe');
    expect(old.of('document')?.says).toContain('holds another probe');
  });

  it('needs no document of the stack where Amazon has one', async () => {
    const { of } = await doctor('--document', 'AWS-RunShellScript');
    expect(of('document')).toMatchObject({ state: 'ok' });
  });

  it('names an address that has not confirmed, and a topic that nobody hears', async () => {
    const clients = simulatorClients(simulator);
    const { TopicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: 'pending' }));
    const nobody = await doctor('--topic', TopicArn);
    expect(nobody.of('subscription')).toMatchObject({
      state: 'fault',
      says: 'nobody subscribes to the topic',
    });
    await clients.sns.send(
      new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }),
    );
    clients.destroy();
    const pending = await doctor('--topic', TopicArn);
    expect(pending.of('subscription')).toMatchObject({
      state: 'fault',
      says: 'email a@example.com has not confirmed the subscription',
    });
    expect(pending.of('subscription')?.next).toContain('Subscription Confirmation');
  });

  it('names an audit that is late, one that left no report, and none at all', async () => {
    expect((await doctor()).of('last-audit')?.says).toBe('none in the last 7 days');
    const hoursAgo = (hours: number) => newRunId(new Date(Date.now() - hours * 3_600_000));
    await keepRun(simulator, hoursAgo(8), 'run.json', 'report.json');
    expect((await doctor()).of('last-audit')).toMatchObject({ state: 'ok' });
    const late = await doctor('--every', '5h');
    expect(late.of('last-audit')?.says).toContain('one is due each 5 hours');
    expect(late.of('last-audit')?.next).toContain('aws lambda invoke');
    await keepRun(simulator, hoursAgo(2), 'run.json');
    expect((await doctor()).of('last-audit')?.says).toContain('left no report');
  });

  it('names a Region that does not exist, once nobody answers for it', async () => {
    proxy.fault = ({ operation }) => (operation === 'GET /clusters' ? 'reset' : undefined);
    const { of } = await doctor('--region', 'us-esat-1');
    expect(of('region')).toMatchObject({ state: 'fault', next: 'name another one with --region' });
    expect(of('region')?.says).toContain('did you mean us-east-1');
    expect((await doctor('--region', 'us-east-1')).of('region')).toMatchObject({
      state: 'unknown',
    });
  });

  it('names keys that have expired', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>it is expired</Message></Error></ErrorResponse>';
    proxy.fault = ({ operation }) =>
      operation === 'GetCallerIdentity' ? { status: 403, body, type: 'text/xml' } : undefined;
    const { status, of } = await doctor();
    expect(status).toBe(1);
    expect(of('credentials')?.says).toContain('have expired: it is expired');
  });

  it('does not know what a service does not answer', async () => {
    proxy.fault = ({ operation }) =>
      operation === 'DescribeInstanceInformation'
        ? refusal('InternalServerError', 'odd', 500)
        : undefined;
    const { of } = await doctor();
    expect(of('ssm')).toMatchObject({
      state: 'unknown',
      says: 'ssm:DescribeInstanceInformation: odd',
    });
  });
});

describe('doctor in a Region without clusters', () => {
  it('names it', async () => {
    const simulator = await opened({ fleet: { clusters: [], bystanders: [] } });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    expect(of('region')).toMatchObject({ state: 'fault', says: 'us-east-1 has no EKS cluster' });
    expect(of('ssm')).toMatchObject({ state: 'unknown', says: 'not asked without clusters' });
  });
});
