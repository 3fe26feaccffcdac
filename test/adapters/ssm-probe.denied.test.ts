import { SendCommandCommand, SSMClient, SSMServiceException } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { SsmProbe } from '../../lib/adapters/ssm-probe.js';

const ssm = mockClient(SSMClient);
const probe = () =>
  new SsmProbe(new SSMClient({ region: 'eu-west-1' }), {
    documentName: 'conntrack-probe',
    isAnswer: () => true,
  });
const ids = (count: number) => Array.from({ length: count }, (_, at) => `i-${1_000 + at}`);

/** What IAM says where a role may not do something to a resource. */
function denial(resource: string): SSMServiceException {
  return new SSMServiceException({
    name: 'AccessDeniedException',
    $fault: 'client',
    message: `User: arn:aws:sts::111122223333:assumed-role/auditor/audit is not authorized to perform: ssm:SendCommand${resource} because no identity-based policy allows the ssm:SendCommand action`,
    $metadata: {},
  });
}

const ofInstance = (id: string) =>
  ` on resource: arn:aws:ec2:eu-west-1:111122223333:instance/${id}`;

/** IAM denies a command that goes to any of these, naming the first of them as `resource` says. */
function denies(bad: readonly string[], resource: (id: string) => string): void {
  ssm.on(SendCommandCommand).callsFake(({ InstanceIds }: { InstanceIds: string[] }) => {
    const [first] = InstanceIds.filter((id) => bad.includes(id));
    if (first !== undefined) throw denial(resource(first));
    return { Command: { CommandId: 'c-1' } };
  });
}

beforeEach(() => ssm.reset());

describe('a command to instances that the role may not reach', () => {
  it('leaves out the one that IAM names, and goes to the other 49', async () => {
    denies(['i-1007'], ofInstance);
    const sent = await probe().send(ids(50), '');
    expect(sent).toMatchObject({ commandId: 'c-1', refused: [], denied: ['i-1007'] });
    expect(sent.instanceIds).toHaveLength(49);
    expect(ssm.commandCalls(SendCommandCommand)).toHaveLength(2);
  });

  it('leaves out several, of which each denial names one', async () => {
    denies(['i-1001', 'i-1003'], ofInstance);
    const sent = await probe().send(ids(5), '');
    expect(sent).toMatchObject({
      instanceIds: ['i-1000', 'i-1002', 'i-1004'],
      denied: ['i-1001', 'i-1003'],
    });
  });

  it('asks halves where the denial names none', async () => {
    denies(['i-1002'], () => '');
    const sent = await probe().send(ids(5), '');
    expect(sent).toMatchObject({ denied: ['i-1002'] });
    expect(sent.instanceIds).toHaveLength(4);
  });

  it('has no command where all are denied', async () => {
    denies(ids(3), ofInstance);
    expect(await probe().send(ids(3), '')).toEqual({
      instanceIds: [],
      refused: [],
      denied: ids(3),
    });
  });

  it('fails where the document is denied: no node would fare better', async () => {
    ssm
      .on(SendCommandCommand)
      .rejects(denial(' on resource: arn:aws:ssm:eu-west-1:111122223333:document/conntrack-probe'));
    await expect(probe().send(ids(3), '')).rejects.toThrow('document/conntrack-probe');
    expect(ssm.commandCalls(SendCommandCommand)).toHaveLength(1);
  });
});
