import {
  type CommandInvocation,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  InvocationDoesNotExist,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { SsmProbe } from '../../lib/adapters/ssm-probe.js';

const ssm = mockClient(SSMClient);
const options = {
  documentName: 'conntrack-probe',
  isAnswer: (text: string) => text.startsWith('{') && text.endsWith('}'),
};
const read = async () => (await aProbe().read('c-1', ['i-1', 'i-2'])).invocations;
const running = async (ids: string[]) => (await aProbe().running(ids)).running;
const aProbe = () => new SsmProbe(new SSMClient({ region: 'eu-west-1' }), options);

beforeEach(() => ssm.reset());

describe('SsmProbe.reachability', () => {
  it('follows the pages of the nodes that Systems Manager knows', async () => {
    ssm.on(DescribeInstanceInformationCommand).resolves({
      InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' }],
      NextToken: 'more',
    });
    ssm.on(DescribeInstanceInformationCommand, { NextToken: 'more' }).resolves({
      InstanceInformationList: [
        { InstanceId: 'i-2', PingStatus: 'ConnectionLost' },
        { InstanceId: 'i-3', PingStatus: 'Inactive' },
      ],
    });
    expect(await aProbe().reachability()).toEqual({
      nodes: [
        { instanceId: 'i-1', online: true },
        { instanceId: 'i-2', online: false },
        { instanceId: 'i-3', online: false },
      ],
    });
    const call = ssm.commandCalls(DescribeInstanceInformationCommand)[0];
    expect(call?.args[0].input).toMatchObject({ MaxResults: 50 });
  });
});

describe('SsmProbe.reachability, of the platform', () => {
  it.each([
    [
      { PlatformName: 'Bottlerocket', PlatformVersion: '1.20.3' },
      { name: 'Bottlerocket', version: '1.20.3' },
    ],
    [{ PlatformName: 'Amazon Linux' }, { name: 'Amazon Linux' }],
    [{ PlatformVersion: '2023' }, undefined],
  ])('knows from %j %j', async (told, platform) => {
    const known = { InstanceId: 'i-1', PingStatus: 'Online' as const, ...told };
    ssm.on(DescribeInstanceInformationCommand).resolves({ InstanceInformationList: [known] });
    expect((await aProbe().reachability()).nodes[0]?.platform).toEqual(platform);
  });
});

describe('SsmProbe.running', () => {
  it.each([
    ['Pending', true],
    ['InProgress', true],
    ['Cancelling', true],
    ['Success', false],
    ['Failed', false],
    ['Cancelled', false],
    ['TimedOut', false],
  ] as const)('of a command in state %s says %s', async (Status, isRunning) => {
    ssm.on(ListCommandsCommand, { CommandId: 'c-1' }).resolves({ Commands: [{ Status }] });
    expect(await running(['c-1'])).toEqual(isRunning ? ['c-1'] : []);
  });

  it('asks for many commands in one call', async () => {
    ssm.on(ListCommandsCommand).resolves({
      Commands: [
        { CommandId: 'c-1', Status: 'Success' },
        { CommandId: 'c-2', Status: 'InProgress' },
        { CommandId: 'stranger', Status: 'InProgress' },
      ],
      NextToken: 'history',
    });
    expect(await running(['c-1', 'c-2'])).toEqual(['c-2']);
    expect(ssm.commandCalls(ListCommandsCommand).map((call) => call.args[0].input)).toEqual([
      {
        MaxResults: 50,
        NextToken: undefined,
        Filters: [{ key: 'DocumentName', value: 'conntrack-probe' }],
      },
    ]);
  });

  it('asks by id for what the last two pages do not show', async () => {
    ssm.on(ListCommandsCommand).resolves({ Commands: [], NextToken: 'history' });
    ssm
      .on(ListCommandsCommand, { CommandId: 'c-1' })
      .resolves({ Commands: [{ Status: 'Success' }] });
    ssm
      .on(ListCommandsCommand, { CommandId: 'c-2' })
      .resolves({ Commands: [{ Status: 'Pending' }] });
    expect(await running(['c-1', 'c-2'])).toEqual(['c-2']);
    expect(ssm.calls()).toHaveLength(4);
  });

  it('takes a command that is not listed yet as running', async () => {
    ssm.on(ListCommandsCommand).resolves({ Commands: [] });
    expect(await running(['c-new'])).toEqual(['c-new']);
  });

  it('asks nothing for no commands', async () => {
    expect(await running([])).toEqual([]);
    expect(ssm.calls()).toHaveLength(0);
  });
});

describe('SsmProbe.read', () => {
  const lists = (...invocations: CommandInvocation[]) =>
    ssm.on(ListCommandInvocationsCommand).resolves({ CommandInvocations: invocations });
  const success = (Output: string): CommandInvocation => ({
    InstanceId: 'i-1',
    Status: 'Success',
    StatusDetails: 'Success',
    CommandPlugins: [{ Output }],
  });
  const readAgainAs = (text: string) =>
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-1' })
      .resolves({ StandardOutputContent: text });

  it('takes whole answers from the list, 50 nodes to a page, and reads nothing twice', async () => {
    ssm
      .on(ListCommandInvocationsCommand)
      .resolves({ CommandInvocations: [success('{"v":1}')], NextToken: 'more' });
    ssm
      .on(ListCommandInvocationsCommand, { NextToken: 'more' })
      .resolves({ CommandInvocations: [{ ...success('{}'), InstanceId: 'i-2' }] });

    expect(await read()).toEqual([
      { instanceId: 'i-1', status: 'answered', text: '{"v":1}' },
      { instanceId: 'i-2', status: 'answered', text: '{}' },
    ]);
    expect(ssm.commandCalls(ListCommandInvocationsCommand)[0]?.args[0].input).toMatchObject({
      CommandId: 'c-1',
      Details: true,
      MaxResults: 50,
    });
    expect(ssm.commandCalls(GetCommandInvocationCommand)).toHaveLength(0);
  });

  it.each([
    ['Pending', 'Pending'],
    ['InProgress', 'In Progress'],
    ['Delayed', 'Delayed'],
  ] as const)('knows a node in state %s as running', async (Status, StatusDetails) => {
    lists({ InstanceId: 'i-1', Status, StatusDetails });
    expect(await read()).toEqual([{ instanceId: 'i-1', status: 'running' }]);
  });

  it.each([
    ['TimedOut', 'Delivery Timed Out', 'delivery-timed-out'],
    ['TimedOut', 'ExecutionTimedOut', 'timed-out'],
    ['Failed', 'Failed', 'failed'],
    ['Failed', 'Undeliverable', 'undeliverable'],
    ['Failed', 'Access Denied', 'access-denied'],
    ['Failed', 'Invalid Platform', 'invalid-platform'],
    ['Cancelled', 'Terminated', 'cancelled'],
  ] as const)('says of %s with details %s: %s', async (Status, StatusDetails, reason) => {
    lists({ InstanceId: 'i-1', Status, StatusDetails });
    expect(await read()).toEqual([{ instanceId: 'i-1', status: 'silent', reason }]);
  });

  it.each(['{"v":1---Output truncated---', '{}\n----------ERROR-------\nsh: x', ''])(
    'reads %j once more and takes the answer that is whole then',
    async (listed) => {
      lists(success(listed));
      readAgainAs('{"v":1}');
      expect(await read()).toEqual([{ instanceId: 'i-1', status: 'answered', text: '{"v":1}' }]);
      expect(ssm.commandCalls(GetCommandInvocationCommand)).toHaveLength(1);
    },
  );

  it.each([
    ['{"v":1--output truncated--', 'truncated'],
    ['{"v":1\n---Output truncated---', 'truncated'],
    ['{"v":"--output truncated--"', 'unreadable'],
    ['bash: no', 'unreadable'],
    ['', 'unreadable'],
  ])('says of %j, when it was read once more: %s', async (text, reason) => {
    lists(success('not an answer'));
    readAgainAs(text);
    expect(await read()).toEqual([{ instanceId: 'i-1', status: 'silent', reason }]);
  });

  it.each([
    ['{"v":1\n---Output truncated---', 'truncated'],
    ['bash: no', 'unreadable'],
  ])('judges %j by the list when it cannot be read once more: %s', async (listed, reason) => {
    lists(success(listed));
    ssm
      .on(GetCommandInvocationCommand)
      .rejects(new InvocationDoesNotExist({ message: 'gone', $metadata: {} }));
    expect(await read()).toEqual([{ instanceId: 'i-1', status: 'silent', reason }]);
  });
});
