import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateDocumentCommand } from '@aws-sdk/client-ssm';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { newRunId } from '../../lib/run-id.js';
import { probeDocument } from '../../lib/simulator/built-in-documents.js';
import type { Simulator } from '../../lib/simulator/start-simulator.js';
import { doctor, enter, keepRun, openAccount } from '../support/a-doctor.js';
import { aSimulatedCluster, aSimulatedFleet, aSimulatedNode } from '../support/a-simulated-node.js';
import { refusal, startFaultyAccount, type FaultyAccount } from '../support/faulty-account.js';

afterEach(() => {
  vi.unstubAllEnvs();
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
    simulator = await openAccount({ fleet: aSimulatedFleet(nodes, aSimulatedCluster('empty')) });
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
    const simulator = await openAccount({ fleet: { clusters: [], bystanders: [] } });
    enter(simulator.environment);
    const { of } = await doctor();
    await simulator.stop();
    expect(of('region')).toMatchObject({ state: 'fault', says: 'us-east-1 has no EKS cluster' });
    expect(of('ssm')).toMatchObject({ state: 'unknown', says: 'not asked without clusters' });
  });
});
