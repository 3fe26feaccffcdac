import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startSimulator, type SimulatorOptions } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode, anInstanceId } from '../support/a-simulated-node.js';
import { eventually } from '../support/eventually.js';
import { send } from '../support/run-command.js';
import { clientConfig } from '../support/simulated-account.js';

const fleet = aSimulatedFleet([aSimulatedNode(1)]);

async function start(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ fleet, ...options });
  onTestFinished(() => simulator.stop());
  return simulator;
}

describe('the simulated account as a whole', () => {
  it('names everything that a client needs', async () => {
    const simulator = await start();
    expect(simulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(simulator).toMatchObject({
      documentName: 'conntrack-auditor-probe',
      bucketName: 'conntrack-auditor-runs',
      topicArn: 'arn:aws:sns:us-east-1:000000000000:conntrack-auditor-findings',
      queueUrl: `${simulator.endpoint}/000000000000/conntrack-auditor-inbox`,
      environment: {
        AWS_ENDPOINT_URL: simulator.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
  });

  it('runs beside another one', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.endpoint).not.toBe(other.endpoint);
  });

  it('listens on the port that it is given, and leaves it free again', async () => {
    // Below the ports that the kernel gives to connections, so that no other test is given it meanwhile.
    const port = 20_000 + (process.pid % 10_000);
    const first = await startSimulator({ fleet, port });
    expect(first.endpoint).toBe(`http://127.0.0.1:${port}`);
    await first.stop();
    expect((await start({ port })).endpoint).toBe(first.endpoint);
  });

  it('fails when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    await expect(startSimulator({ fleet, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each([0, -1, NaN])('refuses a speed of %d', async (speed) => {
    await expect(startSimulator({ fleet, speed })).rejects.toThrow(
      'speed should be a number above 0',
    );
  });

  it('ends running scripts and removes its files when it stops', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const simulator = await startSimulator({ fleet });
    const begun = join(folder, 'begun');
    await send(new SSMClient(clientConfig(simulator)), {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [anInstanceId(1)],
      Parameters: { commands: [`echo $$ > ${begun}`, 'sleep 600'] },
    });
    const pid = await eventually(async () => {
      const text = await readFile(begun, 'utf8');
      expect(text).toMatch(/^\d+\n$/);
      return Number(text);
    });
    await simulator.stop();
    expect(await readdir(folder)).toEqual(['begun']);
    // It was killed; when the kernel takes it away is the machine's affair.
    await eventually(() => {
      expect(isRunning(pid)).toBe(false);
    });
    await expect(fetch(simulator.endpoint)).rejects.toThrow();
  });

  it('can be stopped twice', async () => {
    const simulator = await startSimulator({ fleet });
    await simulator.stop();
    await expect(simulator.stop()).resolves.toBeUndefined();
  });
});

/** A killed process is listed until whoever inherited it has noticed, which is nobody's fault here. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  if (existsSync(stat)) return !/\) Z /.test(readFileSync(stat, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
