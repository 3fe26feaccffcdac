import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { run } from '../../../lib/cli/program.js';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import type { SimulatedMember } from '../../../lib/simulator/organization.js';
import { anOrganization } from '../../support/an-organization.js';
import { aTerminal } from '../../support/a-terminal.js';

export const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1'];

/** What one audit of many leaves for machines. */
export interface Overview {
  readonly audits: unknown;
  readonly nodes: { discovered: number; read: number; silent: number };
  readonly findings: unknown;
  readonly gaps: readonly Record<string, unknown>[];
  readonly reports: readonly { nodes: { discovered: number; read: number; silent: number } }[];
}

/** An organization of these accounts for the tests of one file, a folder of theirs, and people who type commands. */
export function anOrganizationScene(members: readonly SimulatedMember[]) {
  let simulator: Simulator;
  let folder: string;
  beforeAll(async () => {
    const fleet = { clusters: [], bystanders: [] };
    simulator = await startSimulator({ fleet, organization: anOrganization(REGIONS, members) });
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  });
  afterAll(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const inEnvironment = () => {
    for (const [key, value] of Object.entries(simulator.environment)) vi.stubEnv(key, value);
  };
  return {
    simulator: () => simulator,
    within: (...names: string[]) => join(folder, ...names),
    inEnvironment,
    say: async (...args: string[]) => {
      inEnvironment();
      const { terminal, out, notes } = aTerminal();
      const status = await run(args, terminal);
      return { status, out: out(), notes: notes() };
    },
  };
}
