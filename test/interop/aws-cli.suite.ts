import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';

const run = promisify(execFile);
let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator();
  folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
});
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the AWS CLI with the simulator's environment and none of this machine's configuration. */
async function aws(...args: string[]): Promise<unknown> {
  const { PATH = '' } = process.env;
  const none = join(folder, 'none');
  const env = {
    PATH,
    HOME: folder,
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    ...simulator.environment,
  };
  const { stdout } = await run('aws', [...args, '--output', 'json'], { env });
  return stdout === '' ? undefined : JSON.parse(stdout);
}

async function ids(...filters: string[]): Promise<string[]> {
  const query = 'Reservations[].Instances[].InstanceId';
  const found = await aws('ec2', 'describe-instances', '--filters', ...filters, '--query', query);
  return found as string[];
}

describe('the simulated account under the AWS CLI', () => {
  it('lists clusters and describes the kube-proxy add-on', async () => {
    expect(await aws('eks', 'list-clusters')).toEqual({
      clusters: ['payments', 'storefront', 'platform', 'media'],
    });
    expect(
      await aws(
        'eks',
        'describe-addon',
        '--cluster-name',
        'storefront',
        '--addon-name',
        'kube-proxy',
      ),
    ).toMatchObject({ addon: { addonVersion: 'v1.31.2-eksbuild.3' } });
  });

  it('finds the nodes of a cluster by tag, over several pages', async () => {
    const all = await ids('Name=tag:aws:eks:cluster-name,Values=storefront');
    const paged = (await aws(
      ...['ec2', 'describe-instances', '--page-size', '5', '--query', 'length(Reservations)'],
      ...['--filters', 'Name=tag:aws:eks:cluster-name,Values=storefront'],
    )) as number;
    expect(all.length).toBe(paged);
    expect(all.length).toBeGreaterThan(40);
  });

  it('sends the probe and reads the answer', async () => {
    const [id = ''] = await ids('Name=tag:eks:nodegroup-name,Values=edge');
    const sent = await aws(
      ...['ssm', 'send-command', '--document-name', simulator.documentName],
      ...['--instance-ids', id, '--query', 'Command.CommandId'],
    );
    const read = ['ssm', 'list-command-invocations', '--details', '--command-id', String(sent)];
    const answer = await vi.waitFor(
      async () => {
        const query = 'CommandInvocations[0].[Status, CommandPlugins[0].Output]';
        const [status, output] = (await aws(...read, '--query', query)) as [string, string];
        expect(status).toBe('Success');
        return JSON.parse(output) as unknown;
      },
      { timeout: 30_000 },
    );
    expect(answer).toMatchObject({ v: 1, entries: 127_140, max: 131_072 });
  });

  it('is told by name which instance cannot take a command', async () => {
    const sent = aws(
      ...['ssm', 'send-command', '--document-name', simulator.documentName],
      ...['--instance-ids', 'i-00000000000000000'],
    );
    await expect(sent).rejects.toThrow(
      /InvalidInstanceId.*\[\[i-00000000000000000\]\] not in a valid/,
    );
  });

  it('publishes a message, and is refused a subject with a line break', async () => {
    const publish = ['sns', 'publish', '--topic-arn', simulator.topicArn, '--message', 'found'];
    expect(await aws(...publish, '--subject', 'one line')).toMatchObject({
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    await expect(aws(...publish, '--subject', 'two\nlines')).rejects.toThrow(/InvalidParameter/);
  });

  it('puts an object and gets it back', async () => {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    await writeFile(source, 'kept');
    const object = ['--bucket', simulator.bucketName, '--key', 'runs/a b.json'];
    await aws('s3api', 'put-object', ...object, '--body', source);
    await aws('s3api', 'get-object', ...object, target);
    expect(await readFile(target, 'utf8')).toBe('kept');
  });
});
