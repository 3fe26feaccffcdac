import {
  InvalidDocument,
  InvalidInstanceId,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { SsmProbe, type SsmProbeOptions } from '../../lib/adapters/ssm-probe.js';

const ssm = mockClient(SSMClient);
const options: SsmProbeOptions = {
  documentName: 'conntrack-probe',
  isAnswer: () => true,
};
const aProbe = (rest: Partial<SsmProbeOptions> = {}) =>
  new SsmProbe(new SSMClient({ region: 'eu-west-1' }), { ...options, ...rest });
const sentTo = () =>
  ssm.commandCalls(SendCommandCommand).map((call) => call.args[0].input.InstanceIds);
const ids = (count: number) =>
  Array.from({ length: count }, (_, at) => `i-${String(at).padStart(17, '0')}`);

/** Systems Manager refuses a command to any of these ids. */
function refuses(bad: readonly string[], message: (offenders: readonly string[]) => string): void {
  ssm.on(SendCommandCommand).callsFake(({ InstanceIds }: { InstanceIds: string[] }) => {
    const offenders = InstanceIds.filter((id) => bad.includes(id));
    if (offenders.length === 0) return { Command: { CommandId: 'c-1' } };
    throw new InvalidInstanceId({ message: message(offenders), $metadata: {} });
  });
}

const naming = (offenders: readonly string[]) =>
  `Instances [[${offenders.join(', ')}]] not in a valid state for account 123456789012`;
const namingNone = () => 'An instance is not in a valid state';

beforeEach(() => ssm.reset());

describe('SsmProbe.send', () => {
  it('runs the document without parameters, on every node at once, whatever fails', async () => {
    refuses([], naming);
    expect(await aProbe().send(['i-1', 'i-2'], 'run-7/0')).toEqual({
      commandId: 'c-1',
      instanceIds: ['i-1', 'i-2'],
      refused: [],
    });
    expect(ssm.commandCalls(SendCommandCommand)[0]?.args[0].input).toEqual({
      DocumentName: 'conntrack-probe',
      DocumentVersion: '$DEFAULT',
      InstanceIds: ['i-1', 'i-2'],
      Comment: 'run-7/0',
      MaxErrors: '100%',
      MaxConcurrency: '100%',
      TimeoutSeconds: 60,
    });
  });

  it('sends the lines of the script where only the shell document is there', async () => {
    refuses([], naming);
    const shell = aProbe({ documentName: 'AWS-RunShellScript', script: '#!/bin/sh\necho {}' });
    await shell.send(['i-1'], '');
    expect(ssm.commandCalls(SendCommandCommand)[0]?.args[0].input).toMatchObject({
      DocumentName: 'AWS-RunShellScript',
      Parameters: { commands: ['#!/bin/sh', 'echo {}'], executionTimeout: ['60'] },
    });
  });

  it('fails when the shell document has no script to run', () => {
    expect(() => aProbe({ documentName: 'AWS-RunShellScript' })).toThrow(
      "'AWS-RunShellScript' needs the script of the probe, got none",
    );
  });

  it.each([
    [100, 100],
    [101, 100],
  ])('cuts a comment of %s characters to %s', async (length, expected) => {
    refuses([], naming);
    await aProbe().send(['i-1'], 'x'.repeat(length));
    const { Comment } = ssm.commandCalls(SendCommandCommand)[0]?.args[0].input ?? {};
    expect(Comment).toHaveLength(expected);
  });

  it('takes 50 nodes and fails when it is given 51', async () => {
    refuses([], naming);
    expect((await aProbe().send(ids(50), '')).instanceIds).toHaveLength(50);
    await expect(aProbe().send(ids(51), '')).rejects.toThrow('at most 50 nodes, got 51');
  });

  it('asks nothing for no nodes', async () => {
    expect(await aProbe().send([], '')).toEqual({ instanceIds: [], refused: [] });
    expect(ssm.calls()).toHaveLength(0);
  });

  it('drops the nodes that a refusal names and asks the rest', async () => {
    refuses(['i-2', 'i-4'], naming);
    expect(await aProbe().send(['i-1', 'i-2', 'i-3', 'i-4'], '')).toEqual({
      commandId: 'c-1',
      instanceIds: ['i-1', 'i-3'],
      refused: ['i-2', 'i-4'],
    });
    expect(sentTo()).toEqual([
      ['i-1', 'i-2', 'i-3', 'i-4'],
      ['i-1', 'i-3'],
    ]);
  });

  it('goes on when each refusal names only one of several nodes', async () => {
    refuses(['i-1', 'i-3'], (offenders) => naming(offenders.slice(0, 1)));
    expect(await aProbe().send(['i-1', 'i-2', 'i-3'], '')).toMatchObject({
      instanceIds: ['i-2'],
      refused: ['i-1', 'i-3'],
    });
  });

  it('does not take an id for a longer one that begins alike', async () => {
    refuses(['i-12345678aaaaaaaaa'], naming);
    expect(await aProbe().send(['i-12345678', 'i-12345678aaaaaaaaa'], '')).toMatchObject({
      instanceIds: ['i-12345678'],
      refused: ['i-12345678aaaaaaaaa'],
    });
  });

  it('has no command when every node was refused', async () => {
    refuses(['i-1', 'i-2'], naming);
    expect(await aProbe().send(['i-1', 'i-2'], '')).toEqual({
      instanceIds: [],
      refused: ['i-1', 'i-2'],
    });
  });

  it('finds the nodes by asking halves when a refusal names none of them', async () => {
    const [first, second] = ['i-00000000000000007', 'i-00000000000000031'];
    refuses([first, second], namingNone);
    const sent = await aProbe().send(ids(50), '');
    expect(sent.refused).toEqual([first, second]);
    expect(sent.instanceIds).toEqual(ids(50).filter((id) => id !== first && id !== second));
    expect(sentTo().length).toBeLessThan(30);
  });

  it('ends also when every node is refused and none is named', async () => {
    refuses(ids(50), namingNone);
    expect(await aProbe().send(ids(50), '')).toEqual({ instanceIds: [], refused: ids(50) });
    expect(sentTo()).toHaveLength(99);
  });

  it('leaves out nodes that are refused together and taken apart', async () => {
    ssm.on(SendCommandCommand).callsFake(({ InstanceIds }: { InstanceIds: string[] }) => {
      if (InstanceIds.length < 2) return { Command: { CommandId: 'c-1' } };
      throw new InvalidInstanceId({ message: 'no', $metadata: {} });
    });
    expect(await aProbe().send(['i-1', 'i-2'], '')).toMatchObject({
      instanceIds: [],
      unsent: ['i-1', 'i-2'],
      gaps: [{ operation: 'ssm:SendCommand', reason: 'failed', detail: 'no' }],
    });
  });

  it('fails when the document is not there, and names both ways out', async () => {
    ssm
      .on(SendCommandCommand)
      .rejects(new InvalidDocument({ message: 'Document does not exist.', $metadata: {} }));
    await expect(aProbe().send(['i-1'], '')).rejects.toThrow(
      "the SSM document 'conntrack-probe' does not exist in this account and Region: deploy the stack that holds it, or run with '--document AWS-RunShellScript'",
    );
  });

  it('counts nodes as not sent to where Systems Manager gives the command no id', async () => {
    ssm.on(SendCommandCommand).resolves({});
    expect(await aProbe().send(['i-1'], '')).toMatchObject({
      unsent: ['i-1'],
      gaps: [{ reason: 'failed', detail: 'the command was taken and got no id' }],
    });
  });

  it.each([
    ['ThrottlingException', 'throttled'],
    ['TimeoutError', 'timed-out'],
    ['InternalServerError', 'failed'],
  ])('counts the nodes as not sent to after %s, and says why', async (name, reason) => {
    ssm.on(SendCommandCommand).rejects(Object.assign(new Error('no luck'), { name }));
    expect(await aProbe().send(['i-1', 'i-2'], '')).toEqual({
      instanceIds: [],
      refused: [],
      unsent: ['i-1', 'i-2'],
      gaps: [
        {
          about: 'commands',
          subject: 'commands to nodes',
          operation: 'ssm:SendCommand',
          reason,
          detail: 'no luck',
        },
      ],
    });
  });

  it('fails in one line when the document may not be sent, and when its version is not there', async () => {
    ssm.on(SendCommandCommand).rejects(
      Object.assign(
        new Error('not authorized on arn:aws:ssm:eu-west-1:1:document/conntrack-probe'),
        {
          name: 'AccessDeniedException',
        },
      ),
    );
    await expect(aProbe().send(['i-1'], '')).rejects.toThrow(
      "ssm:SendCommand of 'conntrack-probe' was refused: not authorized on arn:aws:ssm:eu-west-1:1:document/conntrack-probe; the role needs ssm:SendCommand",
    );
    ssm
      .on(SendCommandCommand)
      .rejects(Object.assign(new Error('no version 9'), { name: 'InvalidDocumentVersion' }));
    await expect(aProbe().send(['i-1'], '')).rejects.toThrow(
      "ssm:SendCommand of 'conntrack-probe' failed: no version 9",
    );
  });
});
