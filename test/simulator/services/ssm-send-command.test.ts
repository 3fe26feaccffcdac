import { SendCommandCommand, type SendCommandCommandInput, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

let simulator: Simulator;
let ssm: SSMClient;

beforeAll(async () => {
  // Nodes that no script reaches: these tests are about what the call itself says.
  const crowd = Array.from({ length: 51 }, (_, index) =>
    aSimulatedNode(100 + index, { behaviour: 'undeliverable' }),
  );
  const fleet = aSimulatedFleet([
    ...crowd,
    aSimulatedNode(1, { registration: 'connection-lost' }),
    aSimulatedNode(2, { registration: 'missing' }),
    aSimulatedNode(3, { registration: 'refused' }),
    aSimulatedNode(4, { state: 'stopped' }),
  ]);
  simulator = await startSimulator({ fleet });
  ssm = new SSMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => anInstanceId(100 + index));
}

async function send(change: Partial<SendCommandCommandInput> = {}) {
  const input = { DocumentName: simulator.documentName, InstanceIds: ids(1), ...change };
  return (await ssm.send(new SendCommandCommand(input))).Command;
}

describe('SendCommand of the simulated account', () => {
  it('returns before any node has begun', async () => {
    expect(await send({ Comment: 'run 1', TimeoutSeconds: 60 })).toMatchObject({
      Status: 'Pending',
      StatusDetails: 'Pending',
      Comment: 'run 1',
      TargetCount: 1,
      CompletedCount: 0,
      TimeoutSeconds: 60,
      MaxErrors: '0',
      MaxConcurrency: '50',
    });
  });

  it('takes 50 instances and no more', async () => {
    expect((await send({ InstanceIds: ids(50) }))?.TargetCount).toBe(50);
    await expect(send({ InstanceIds: ids(51) })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuses a whole batch for one bad instance, and names each of them', async () => {
    const bad = [1, 2, 3, 4, 999].map(anInstanceId);
    await expect(send({ InstanceIds: [...ids(1), ...bad] })).rejects.toMatchObject({
      name: 'InvalidInstanceId',
      message: `Instances [[${bad.join(', ')}]] not in a valid state for account 000000000000`,
    });
  });

  it.each([30, 2_592_000])('takes a delivery timeout of %i s', async (TimeoutSeconds) => {
    expect((await send({ TimeoutSeconds }))?.TimeoutSeconds).toBe(TimeoutSeconds);
  });

  it.each([
    { TimeoutSeconds: 29 },
    { TimeoutSeconds: 2_592_001 },
    { Comment: 'x'.repeat(101) },
    { MaxErrors: 'all' },
    { MaxErrors: '101%' },
    { MaxConcurrency: '0' },
    { InstanceIds: [] },
  ])('refuses %o', async (change) => {
    await expect(send(change)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses what it would have to ignore, such as targets by tag', async () => {
    const Targets = [{ Key: 'tag:eks:cluster-name', Values: ['test'] }];
    await expect(send({ Targets })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses a document that is not there', async () => {
    await expect(send({ DocumentName: 'nobody' })).rejects.toMatchObject({
      name: 'InvalidDocument',
    });
  });

  it('finds a document by its ARN', async () => {
    const DocumentName = `arn:aws:ssm:us-east-1:000000000000:document/${simulator.documentName}`;
    expect((await send({ DocumentName }))?.DocumentName).toBe(simulator.documentName);
  });

  it('refuses parameters that the document does not declare: the probe takes none', async () => {
    await expect(send({ Parameters: { commands: ['id'] } })).rejects.toMatchObject({
      name: 'InvalidParameters',
    });
  });

  it('wants the parameters that have no default', async () => {
    await expect(send({ DocumentName: 'AWS-RunShellScript' })).rejects.toMatchObject({
      name: 'InvalidParameters',
    });
  });

  it('refuses a script of more than 64 KB, its document included', async () => {
    const Parameters = { commands: ['x'.repeat(65_536)] };
    await expect(send({ DocumentName: 'AWS-RunShellScript', Parameters })).rejects.toMatchObject({
      name: 'MaxDocumentSizeExceeded',
    });
  });
});
