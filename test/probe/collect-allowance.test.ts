import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-allowance-test-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(() => rm(scratch, { recursive: true }));

async function told(files: Record<string, string>): Promise<Record<string, unknown>> {
  const tree = await editedFixture(scratch, 'amazon-linux-2023-busy', files);
  const { stdout } = await runProbe(tree, { path: [bin] });
  return JSON.parse(stdout.toString()) as Record<string, unknown>;
}

describe('what EC2 would still track', () => {
  const gauge = (available: number) =>
    `NIC statistics:\n     conntrack_allowance_exceeded: 0\n     conntrack_allowance_available: ${available}\n`;
  const ena = async (eth0: number[], eth1: number[]) =>
    (
      await told({
        'ethtool-eth0.txt': gauge(eth0[0] ?? 0),
        'later/ethtool-eth0.txt': gauge(eth0[1] ?? 0),
        'ethtool-eth1.txt': gauge(eth1[0] ?? 0),
        'later/ethtool-eth1.txt': gauge(eth1[1] ?? 0),
      })
    )['ena'];

  it.each([
    { eth0: [410_233, 410_190], eth1: [5_120, 5_120], available: 410_233, moves: true },
    { eth0: [5_120, 5_120], eth1: [410_233, 410_240], available: 410_233, moves: true },
    { eth0: [410_233, 410_190], eth1: [5_120, 5_119], available: 5_120, moves: true },
    { eth0: [410_233, 410_233], eth1: [5_120, 5_120], available: 5_120, moves: false },
  ])('is $available where interfaces tell $eth0 and $eth1', async (one) => {
    const { eth0, eth1, available, moves } = one;
    expect(await ena(eth0, eth1)).toMatchObject({ available, moves });
  });
});
