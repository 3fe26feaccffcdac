import { readFileSync } from 'node:fs';
import {
  CreateDocumentCommand,
  DescribeDocumentCommand,
  GetDocumentCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

const step = { action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } };
const body = { schemaVersion: '2.2', mainSteps: [step] };
let simulator: Simulator;
let ssm: SSMClient;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  ssm = new SSMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

function create(Name: string, content: unknown = body) {
  const Content = typeof content === 'string' ? content : JSON.stringify(content);
  return ssm.send(new CreateDocumentCommand({ Name, Content, DocumentType: 'Command' }));
}

describe('documents of the simulated account', () => {
  it('hold the probe, in one step for Linux and without parameters', async () => {
    const { Content = '' } = await ssm.send(
      new GetDocumentCommand({ Name: simulator.documentName }),
    );
    const probe = readFileSync('lib/probe/collect.sh', 'utf8').trimEnd();
    expect(JSON.parse(Content)).toMatchObject({
      schemaVersion: '2.2',
      mainSteps: [
        {
          action: 'aws:runShellScript',
          precondition: { StringEquals: ['platformType', 'Linux'] },
          inputs: { timeoutSeconds: '60', runCommand: probe.split('\n') },
        },
      ],
    });
    expect(JSON.parse(Content)).not.toHaveProperty('parameters');
  });

  it("hold Amazon's shell document with its parameters", async () => {
    const { Document } = await ssm.send(
      new DescribeDocumentCommand({ Name: 'AWS-RunShellScript' }),
    );
    expect(Document?.Parameters?.map(({ Name }) => Name)).toEqual(['commands', 'executionTimeout']);
  });

  it('can be created, described and read back', async () => {
    const created = await create('my-document');
    expect(created.DocumentDescription).toMatchObject({ Name: 'my-document', Status: 'Active' });
    const { Document } = await ssm.send(new DescribeDocumentCommand({ Name: 'my-document' }));
    expect(Document).toMatchObject({ DocumentType: 'Command', SchemaVersion: '2.2' });
    const { Content } = await ssm.send(new GetDocumentCommand({ Name: 'my-document' }));
    expect(Content).toBe(JSON.stringify(body));
  });

  it('cannot be created twice', async () => {
    await create('twice');
    await expect(create('twice')).rejects.toMatchObject({ name: 'DocumentAlreadyExists' });
  });

  it.each(['AWS-Mine', 'awsMine', 'Amazon-mine', 'amzn-mine', 'no', 'with space'])(
    'cannot be called %s',
    async (name) => {
      await expect(create(name)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );

  it.each([
    { what: 'text that is not JSON', content: 'schemaVersion: "2.2"' },
    { what: 'no step', content: { ...body, mainSteps: [] } },
    { what: 'two steps', content: { ...body, mainSteps: [step, step] } },
    { what: 'another action', content: { ...body, mainSteps: [{ ...step, action: 'aws:x' }] } },
    {
      what: 'a parameter that it does not declare',
      content: { ...body, mainSteps: [{ ...step, inputs: { runCommand: ['echo {{ it }}'] } }] },
    },
    { what: 'a parameter of no type', content: { ...body, parameters: { it: {} } } },
  ])('cannot hold $what', async ({ content }) => {
    await expect(create('broken', content)).rejects.toMatchObject({
      name: 'InvalidDocumentContent',
    });
  });

  it('cannot have another schema version', async () => {
    await expect(create('old', { ...body, schemaVersion: '1.2' })).rejects.toMatchObject({
      name: 'InvalidDocumentSchemaVersion',
    });
  });

  it('may have 64 KB and no byte more', async () => {
    const room = 64 * 1024 - JSON.stringify({ ...body, description: '' }).length;
    await create('full', { ...body, description: 'x'.repeat(room) });
    await expect(
      create('too-full', { ...body, description: 'x'.repeat(room + 1) }),
    ).rejects.toMatchObject({ name: 'MaxDocumentSizeExceeded' });
  });

  it('are not there under another name', async () => {
    await expect(ssm.send(new GetDocumentCommand({ Name: 'nobody' }))).rejects.toMatchObject({
      name: 'InvalidDocument',
    });
  });
});
