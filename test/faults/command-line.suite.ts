import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../lib/core/judge/report.js';
import { commandLine, type Left } from './command-line.js';
import type { Fault } from './fake/fault.js';
import type { World } from './fake/world.js';
import { Lab } from './lab.js';
import { CALM_NODE, shop, wide } from './worlds.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

/** One audit of this account with the program itself. */
async function audit(world: World, faults: readonly Fault[], ...args: string[]): Promise<Left> {
  await lab.set(world, faults);
  return commandLine(lab.account, 'audit', ...args);
}

function reportOf({ stdout, stderr }: Left): Report {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

describe('the exit status of audit', () => {
  it('is 1 where everything was read and something was found', async () => {
    expect(await audit(shop, [], '--json')).toMatchObject({ status: 1 });
  });

  it('is 2 with one denied instance of 150, and the others are in the report', async () => {
    const left = await audit(
      wide,
      [{ on: 'ssm:SendCommand', kind: 'refused', about: CALM_NODE }],
      '--json',
    );
    const { nodes, silent, findings } = reportOf(left);
    expect(left.status).toBe(2);
    expect(nodes).toEqual({ discovered: 150, read: 149, silent: 1 });
    expect(silent).toMatchObject([{ instanceId: CALM_NODE, reason: 'access-denied' }]);
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['table-pressure/alpha/web', 'table-pressure/beta/api']),
    );
  });

  it('is 2 with one denied cluster of 3, which a person reads', async () => {
    const left = await audit(shop, [{ on: 'eks:DescribeCluster', kind: 'refused', about: 'beta' }]);
    expect(left.status).toBe(2);
    expect(left.stdout).toContain('eks:DescribeCluster');
    expect(left.stdout).toContain('cluster beta');
  });

  it('is 2 where every node is denied', async () => {
    const left = await audit(shop, [{ on: 'ssm:SendCommand', kind: 'refused-bare' }], '--json');
    expect(left.status).toBe(2);
    expect(reportOf(left).nodes).toMatchObject({ read: 0 });
  });

  it('is 3 without the list of clusters, and the message names what the role needs', async () => {
    const left = await audit(shop, [{ on: 'eks:ListClusters', kind: 'refused' }]);
    expect(left.status).toBe(3);
    expect(left.stderr).toContain('eks:ListClusters');
    expect(left.stderr.trim().split('\n').at(-1)).not.toMatch(/^\s+at /);
  });

  it('is 3 where no cluster has such a name, and the message says which there are', async () => {
    await lab.set(shop);
    const left = await commandLine(lab.account, 'audit', 'prod-*');
    expect(left.status).toBe(3);
    for (const name of ['alpha', 'beta', 'gamma']) expect(left.stderr).toContain(name);
  });

  it('is 3 in a Region without clusters, unless that is meant', async () => {
    await lab.set({ clusters: [] });
    expect(await commandLine(lab.account, 'audit')).toMatchObject({ status: 3 });
    expect(await commandLine(lab.account, 'audit', '--allow-empty')).toMatchObject({ status: 0 });
  });
});
