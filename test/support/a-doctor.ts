import { vi } from 'vitest';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import type { Checked } from '../../lib/cli/doctor/checked.js';
import { run } from '../../lib/cli/program.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet, aSimulatedNode } from './a-simulated-node.js';
import { aTerminal } from './a-terminal.js';

export const account = '000000000000';
export const role = `arn:aws:sts::${account}:assumed-role/Auditor/session`;
const fleet = aSimulatedFleet([aSimulatedNode(1), aSimulatedNode(2)]);

export async function openAccount(options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ fleet, ...options });
}

export function enter(environment: Readonly<Record<string, string>>) {
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

export async function doctor(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['doctor', '--json', ...args], terminal);
  if (out() === '') throw new Error(notes());
  const { checks } = JSON.parse(out()) as { checks: Checked[] };
  const of = (check: string) => checks.find((one) => one.check === check);
  const bad = checks.filter(({ state }) => state !== 'ok').map(({ check }) => check);
  return { status, checks, of, bad };
}

/** What an account has after an audit that told somebody. */
export async function keepRun(simulator: Simulator, runId: string, ...keys: string[]) {
  const clients = simulatorClients(simulator);
  const place = { bucket: simulator.bucketName, account, region: 'us-east-1' };
  const store = new S3RunStore(clients.s3, place, runId);
  for (const key of keys) await store.put(key, {});
  clients.destroy();
}
