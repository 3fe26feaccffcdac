import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { fleetReads, SEND, spared } from '../../lib/core/configuration/permissions.js';
import { newRunId } from '../../lib/run-id.js';
import type { Simulator } from '../../lib/simulator/start-simulator.js';
import { account, doctor, enter, keepRun, openAccount, role } from '../support/a-doctor.js';
import { aTerminal } from '../support/a-terminal.js';
import { startFaultyAccount } from '../support/faulty-account.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('doctor, where nothing is wrong', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await openAccount({ caller: role });
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
    const simulator = await openAccount();
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
    const simulator = await openAccount({ caller: role, denied });
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
    const simulator = await openAccount({
      caller: role,
      denied: [...all, 'iam:SimulatePrincipalPolicy'],
    });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    for (const action of all) {
      const state = action in spared ? 'ok' : 'fault';
      expect(of(action), action).toMatchObject({ state });
    }
    expect(of(SEND)).toMatchObject({ state: 'unknown' });
    expect(of(SEND)?.next).toContain('"Action":"iam:SimulatePrincipalPolicy"');
  });

  it('finds each of them allowed by trying where nothing is denied', async () => {
    const simulator = await openAccount({ caller: role, denied: ['iam:GetRole'] });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    for (const action of fleetReads.flatMap((one) => one.actions)) {
      expect(of(action), action).toMatchObject({ state: 'ok', says: 'allowed: tried' });
    }
  });

  it('does not know of a document and a stack that it may not read', async () => {
    const simulator = await openAccount({
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
