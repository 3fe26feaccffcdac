import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import { behaviours, type Behaviour } from '../../lib/simulator/behaviours.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../support/a-simulated-node.js';
import { eventually } from '../support/eventually.js';
import { send, whenOver } from '../support/run-command.js';
import { clientConfig } from '../support/simulated-account.js';

const all = Object.keys(behaviours) as Behaviour[];
let simulator: Simulator;
let ssm: SSMClient;

beforeAll(async () => {
  const nodes = all.map((behaviour, index) => aSimulatedNode(index, { behaviour }));
  const healthy = [100, 101, 102].map((number) => aSimulatedNode(number));
  // A timeout of 60 s ends after 0.2 s.
  simulator = await startSimulator({ fleet: aSimulatedFleet([...nodes, ...healthy]), speed: 300 });
  ssm = new SSMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

/** Sends the probe to nodes that behave so, as an audit does, and waits for the end. */
async function probe(InstanceIds: string[], MaxErrors = '100%', MaxConcurrency = '100%') {
  const DocumentName = simulator.documentName;
  const TimeoutSeconds = 60;
  const input = { DocumentName, InstanceIds, MaxErrors, MaxConcurrency, TimeoutSeconds };
  const CommandId = await send(ssm, input);
  const command = await whenOver(ssm, CommandId);
  const { CommandInvocations = [] } = await ssm.send(
    new ListCommandInvocationsCommand({ CommandId, Details: true }),
  );
  return { command, CommandId, invocations: CommandInvocations };
}

function nodeThat(behaviour: Behaviour): string {
  return anInstanceId(all.indexOf(behaviour));
}

/** What an audit sees of one node: in the list, and read alone. */
async function outcome(behaviour: Behaviour) {
  const InstanceId = nodeThat(behaviour);
  const { CommandId, invocations } = await probe([InstanceId]);
  const alone = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  const [{ Status, StatusDetails, CommandPlugins } = {}] = invocations;
  const listed = CommandPlugins?.[0]?.Output ?? '';
  return { Status, StatusDetails, listed, whole: alone.StandardOutputContent ?? '' };
}

describe('a node of the simulated account', () => {
  it.each([
    { behaviour: 'answers', Status: 'Success', StatusDetails: 'Success' },
    { behaviour: 'fails', Status: 'Failed', StatusDetails: 'Failed' },
    { behaviour: 'hangs', Status: 'TimedOut', StatusDetails: 'Execution Timed Out' },
    { behaviour: 'delivery-timeout', Status: 'TimedOut', StatusDetails: 'Delivery Timed Out' },
    { behaviour: 'undeliverable', Status: 'Failed', StatusDetails: 'Undeliverable' },
    { behaviour: 'access-denied', Status: 'Failed', StatusDetails: 'Access Denied' },
    { behaviour: 'invalid-platform', Status: 'Failed', StatusDetails: 'InvalidPlatform' },
    { behaviour: 'cancelled', Status: 'Cancelled', StatusDetails: 'Cancelled' },
  ] as const)('that $behaviour ends as $StatusDetails', async ({ behaviour, ...wanted }) => {
    expect(await outcome(behaviour)).toMatchObject(wanted);
  });

  it('that answers gives the numbers of its own table', async () => {
    const { listed } = await outcome('answers');
    expect(parseAnswer(listed)?.table).toMatchObject({ entries: 13_107, max: 131_072 });
  });

  it('that is chatty gives an answer that is cut in a list and cut alone', async () => {
    const { listed, whole } = await outcome('chatty');
    expect(listed).toContain('---Output truncated---');
    expect(whole).toContain('--output truncated--');
    expect(parseAnswer(whole)).toBeUndefined();
  });

  it('that is long gives an answer that is cut in a list and whole alone', async () => {
    const { listed, whole } = await outcome('long');
    expect(parseAnswer(listed)).toBeUndefined();
    expect(parseAnswer(whole)?.table?.max).toBe(131_072);
  });

  it('that gives garbage gives no answer, and escapes for a terminal', async () => {
    const { Status, listed } = await outcome('garbage');
    expect(Status).toBe('Success');
    expect(listed).toContain('\u001b[31m');
    expect(parseAnswer(listed)).toBeUndefined();
  });

  it('that is stuck stays in progress after the others have ended', async () => {
    const InstanceIds = [nodeThat('stuck'), anInstanceId(100)];
    const CommandId = await send(ssm, { DocumentName: simulator.documentName, InstanceIds });
    await eventually(async () => {
      const { Commands } = await ssm.send(new ListCommandsCommand({ CommandId }));
      expect(Commands).toMatchObject([{ Status: 'InProgress', CompletedCount: 1, TargetCount: 2 }]);
    });
  });
});

describe('a command of the simulated account', () => {
  it('has run on every node whose script ends, once all scripts have ended', async () => {
    const InstanceIds = [100, 101, 102].map(anInstanceId);
    const CommandId = await send(ssm, { DocumentName: simulator.documentName, InstanceIds });
    await simulator.scriptsEnded();
    const { Commands } = await ssm.send(new ListCommandsCommand({ CommandId }));
    expect(Commands).toMatchObject([{ Status: 'Success', CompletedCount: 3 }]);
  });

  it('counts its nodes by the way they ended', async () => {
    const kinds = ['answers', 'fails', 'hangs', 'delivery-timeout', 'undeliverable'] as const;
    const { command } = await probe(kinds.map(nodeThat));
    expect(command).toMatchObject({
      Status: 'Failed',
      StatusDetails: 'Incomplete',
      TargetCount: 5,
      CompletedCount: 5,
      ErrorCount: 2,
      DeliveryTimedOutCount: 1,
    });
  });

  it('ends the rest after the first error, which is what happens without MaxErrors', async () => {
    const ids = [anInstanceId(100), nodeThat('fails'), anInstanceId(101), anInstanceId(102)];
    const { command, invocations } = await probe(ids, '0', '1');
    expect(command).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ErrorCount: 1 });
    expect(invocations.map(({ StatusDetails }) => StatusDetails)).toEqual([
      'Success',
      'Failed',
      'Terminated',
      'Terminated',
    ]);
  });

  it('goes on while no more nodes have failed than it may have', async () => {
    const { invocations } = await probe([nodeThat('fails'), anInstanceId(100)], '1', '1');
    expect(invocations.map(({ StatusDetails }) => StatusDetails)).toEqual(['Failed', 'Success']);
  });

  it('does not count nodes that it never reached as errors', async () => {
    const { invocations } = await probe([nodeThat('undeliverable'), anInstanceId(100)], '0', '1');
    expect(invocations.map(({ Status }) => Status)).toEqual(['Failed', 'Success']);
  });
});
