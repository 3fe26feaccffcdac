import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instancesById } from '../../lib/simulator/account.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aGuardedFleet } from './a-guarded-fleet.js';
import { Bucket } from './bucket.js';
import { startAsker, type Ask } from './asker.js';
import { Checkout } from './checkout.js';
import { deployedFunction, type DeployedFunction } from './deployed-function.js';
import { startGate, type Gate } from './gate.js';
import { Inbox } from './inbox.js';
import { startMoto, type Moto } from './moto.js';
import { runCommandOf, type RunCommand } from './run-command.js';

/** An empty account, a checkout to deploy to it, and a fleet for what is deployed. */
export interface Scene {
  readonly moto: Moto;
  readonly simulator: Simulator;
  readonly runCommand: RunCommand;
  readonly gate: Gate;
  readonly checkout: Checkout;
  /** Asks the account. */
  readonly ask: Ask;
  /** What this ARN invokes. */
  readonly deployed: (arn: string, codeBucket?: string) => Promise<DeployedFunction>;
  readonly bucket: (name: string) => Bucket;
  readonly inbox: (topicArn: string) => Promise<Inbox>;
  readonly stop: () => Promise<void>;
}

/** Starts everything, and ends what it had started if something fails. */
export async function setScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'conntrack-auditor-deploy-'));
  const endings: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true });
    },
  ];
  const stop = async () => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const moto = await startMoto(folder);
    endings.push(() => moto.stop());
    const { ask, stop: stopAsker } = startAsker(moto.environment);
    endings.push(stopAsker);
    const simulator = await startSimulator({ fleet: aGuardedFleet });
    endings.push(() => simulator.stop());
    const runCommand = runCommandOf(moto, simulator);
    endings.push(() => {
      runCommand.stop();
    });
    const simulatorEndpoint = simulator.endpoint;
    const gate = await startGate({ moto, simulatorEndpoint, runCommand, tagsOf });
    endings.push(() => gate.stop());
    return {
      ...{ moto, simulator, runCommand, gate, stop },
      checkout: Checkout.in(join(folder, 'checkout'), moto),
      ask,
      deployed: (arn, codeBucket) => deployedFunction(arn, folder, { ask, moto, gate, codeBucket }),
      bucket(name) {
        const bucket = new Bucket(moto.access, name);
        endings.push(() => {
          bucket.destroy();
        });
        return bucket;
      },
      async inbox(topicArn) {
        const inbox = await Inbox.of(moto, topicArn);
        endings.push(() => {
          inbox.destroy();
        });
        return inbox;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const instances = instancesById(aGuardedFleet);

/** The tags of an instance as conditions on Run Command name them. */
function tagsOf(instanceId: string): Record<string, string[]> {
  const tags = Object.entries(instances.get(instanceId)?.tags ?? {});
  return Object.fromEntries(tags.map(([key, value]) => [`ssm:resourceTag/${key}`, [value]]));
}
