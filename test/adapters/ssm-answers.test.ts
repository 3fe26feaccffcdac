import {
  type CommandInvocation,
  GetCommandInvocationCommand,
  InvocationDoesNotExist,
  ListCommandInvocationsCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceAttempts } from '../../lib/adapters/service-attempts.js';
import { SsmAnswers } from '../../lib/adapters/ssm-answers.js';

const ssm = mockClient(SSMClient);
const isAnswer = (text: string) => text.startsWith('{') && text.endsWith('}');
const read = (...ids: string[]) =>
  new SsmAnswers(new SSMClient({ region: 'eu-west-1' }), isAnswer, new ServiceAttempts()).read(
    'c-1',
    ids,
  );
const named = (name: string) => Object.assign(new Error('no luck'), { name });
const lists = (Status: CommandInvocation['Status'], Output: string) => {
  const one = { InstanceId: 'i-1', Status, StatusDetails: Status, CommandPlugins: [{ Output }] };
  ssm.on(ListCommandInvocationsCommand).resolves({ CommandInvocations: [one] });
};

beforeEach(() => ssm.reset());

describe('what a node answered whose command did not succeed', () => {
  const failed = '\n----------ERROR-------\nfailed to run commands: exit status 1';

  it.each(['{"v":1}', `{"v":1}${failed}`, `{"v":1}\n${failed}`])(
    'counts if it is whole: %j',
    async (output) => {
      lists('Failed', output);
      expect((await read('i-1')).invocations).toEqual([
        { instanceId: 'i-1', status: 'answered', text: '{"v":1}' },
      ]);
    },
  );

  it('is read once more if only a part of it is listed', async () => {
    lists('Failed', '{"v":1---Output truncated---');
    ssm.on(GetCommandInvocationCommand).resolves({ StandardOutputContent: '{"v":1}' });
    expect((await read('i-1')).invocations).toMatchObject([{ text: '{"v":1}' }]);
    ssm.on(GetCommandInvocationCommand).resolves({ StandardOutputContent: '{"v":' });
    expect((await read('i-1')).invocations).toMatchObject([{ reason: 'failed' }]);
  });

  it.each(['', 'sh: no', failed, `sh: {"v":1}${failed}`])(
    'does not if it is none: %j',
    async (output) => {
      lists('Failed', output);
      expect((await read('i-1')).invocations).toEqual([
        { instanceId: 'i-1', status: 'silent', reason: 'failed' },
      ]);
      expect(ssm.commandCalls(GetCommandInvocationCommand)).toHaveLength(0);
    },
  );
});

describe('answers that Systems Manager does not list', () => {
  const alone = { StandardOutputContent: '{"v":1}', Status: 'Success' as const };

  beforeEach(() => ssm.on(ListCommandInvocationsCommand).rejects(named('ThrottlingException')));

  it('are read node by node', async () => {
    ssm.on(GetCommandInvocationCommand).resolves(alone);
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-2' })
      .resolves({ Status: 'InProgress', StatusDetails: 'In Progress' });
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-3' })
      .rejects(new InvocationDoesNotExist({ message: 'none', $metadata: {} }));
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-4' })
      .resolves({ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' });
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-5' })
      .resolves({ ...alone, StandardOutputContent: 'sh: no' });
    const { invocations, gaps } = await read('i-1', 'i-2', 'i-3', 'i-4', 'i-5');
    expect(invocations).toEqual([
      { instanceId: 'i-1', status: 'answered', text: '{"v":1}' },
      { instanceId: 'i-2', status: 'running' },
      { instanceId: 'i-4', status: 'silent', reason: 'delivery-timed-out' },
      { instanceId: 'i-5', status: 'silent', reason: 'unreadable' },
    ]);
    expect(gaps).toMatchObject([{ operation: 'ssm:ListCommandInvocations', reason: 'throttled' }]);
  });

  it.each([
    ['AccessDeniedException', 'access-denied', 'not-permitted'],
    ['InternalServerError', 'not-read', 'failed'],
    ['TimeoutError', 'not-read', 'timed-out'],
  ])('leave one node silent, with the reason, after %s', async (name, silent, reason) => {
    ssm.on(GetCommandInvocationCommand).resolves(alone);
    ssm
      .on(GetCommandInvocationCommand, { CommandId: 'c-1', InstanceId: 'i-1' })
      .rejects(named(name));
    const { invocations, gaps } = await read('i-1', 'i-2');
    expect(invocations).toEqual([
      { instanceId: 'i-1', status: 'silent', reason: silent },
      { instanceId: 'i-2', status: 'answered', text: '{"v":1}' },
    ]);
    expect(gaps?.[1]).toMatchObject({ operation: 'ssm:GetCommandInvocation', reason });
  });
});

it('takes an answer without its list for broken', async () => {
  ssm.on(ListCommandInvocationsCommand).resolves({});
  ssm.on(GetCommandInvocationCommand).resolves({ StandardOutputContent: '{}', Status: 'Success' });
  const { invocations, gaps } = await read('i-1');
  expect(invocations).toMatchObject([{ status: 'answered' }]);
  expect(gaps).toMatchObject([{ detail: 'the answer has no CommandInvocations' }]);
});
