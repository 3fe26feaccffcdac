import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conduct, World } from './fake/world.js';
import { idOf } from './fake/world.js';
import { Lab } from './lab.js';
import { CALM_NODE, shop, wide } from './worlds.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const HOT = idOf('one', 'web', 'hot');

/** One group whose fullest node does this with a command. */
function doing(conduct: Conduct): World {
  const nodes = [
    { name: 'hot', usage: 0.97, conduct },
    { name: 'calm', usage: 0.3 },
  ];
  return { clusters: [{ name: 'one', groups: [{ name: 'web', nodes }] }] };
}

describe('what Systems Manager does not list yet', () => {
  it('is read again, if a finished command lists fewer nodes than it has', async () => {
    await lab.set(shop, [
      { on: 'ssm:ListCommandInvocations', kind: 'short', about: CALM_NODE, times: 1 },
    ]);
    const { report } = await lab.audit(0);
    expect(await lab.met('short')).toBe(true);
    expect(report?.silent).toEqual([]);
  });

  it('leaves one node silent if it is never listed, and ends', async () => {
    await lab.set(shop, [{ on: 'ssm:ListCommandInvocations', kind: 'short', about: CALM_NODE }]);
    const { report, seconds } = await lab.audit(0);
    expect(await lab.met('short')).toBe(true);
    expect(report?.silent).toMatchObject([{ instanceId: CALM_NODE, reason: 'no-answer' }]);
    expect(seconds).toBeLessThanOrEqual(180);
  });

  it('is waited for, if a command is not listed yet', async () => {
    await lab.set(shop, [{ on: 'ssm:ListCommands', kind: 'short', times: 1 }]);
    const { report } = await lab.audit(0);
    expect(await lab.met('short')).toBe(true);
    expect(report?.silent).toEqual([]);
  });
});

describe('a node', () => {
  it('counts whose invocation failed and holds a whole answer', async () => {
    await lab.set(doing('fails-whole'));
    const { report } = await lab.audit(0);
    expect(report?.silent).toEqual([]);
    expect(report?.findings.map(({ id }) => id)).toContain('table-pressure/one/web');
  });

  it('is silent whose probe failed and said nothing', async () => {
    await lab.set(doing('fails'));
    const { report } = await lab.audit(0);
    expect(report?.silent).toMatchObject([{ instanceId: HOT, reason: 'failed' }]);
  });

  it('is silent that never ends, and the audit ends all the same', async () => {
    await lab.set(doing('late'));
    const { report, seconds } = await lab.audit(0);
    expect(report?.silent).toMatchObject([{ instanceId: HOT, reason: 'no-answer' }]);
    expect(seconds).toBeLessThanOrEqual(180);
  });

  it('is silent whose agent has stopped reporting', async () => {
    await lab.set(doing('lost'));
    const { report } = await lab.audit(0);
    expect(report?.silent).toMatchObject([{ instanceId: HOT, reason: 'ssm-offline' }]);
  });

  it('is found by halves where a refusal does not name it', async () => {
    await lab.set(wide, [{ on: 'ssm:SendCommand', kind: 'refused-bare', about: CALM_NODE }]);
    const { report, exit } = await lab.audit(0);
    expect(report?.silent).toMatchObject([{ instanceId: CALM_NODE, reason: 'access-denied' }]);
    expect(exit).toBe(2);
  });
});
