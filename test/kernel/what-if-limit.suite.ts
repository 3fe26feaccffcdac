import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lab, NodeLab, type Traffic } from './node-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';
import { expectWithin5Percent, foretold } from './what-if.js';

const LIMIT = 2_048;
const RAISED = 3_072;
const [web, batch] = lab.pods;
const node = new NodeLab();
let max: number;

beforeAll(async () => {
  max = readSysctl('max');
  writeSysctl('max', LIMIT);
  await node.open();
});
afterAll(async () => {
  writeSysctl('max', max);
  await node.close();
});

/** The same work of the same pods, whoever answers their lookups. */
function work(dns: string): Traffic {
  return {
    lookups: [
      { from: web, to: dns, count: 700 },
      { from: batch, to: dns, count: 300 },
    ],
    tcp: [{ from: web, to: lab.world, held: 300, closed: 100 }],
  };
}

describe('a raised limit and NodeLocal DNSCache together, on this kernel', () => {
  it('leave within 5 % the usage that the question foretells', async () => {
    await node.send(work(lab.world));
    const before = node.probe().facts;
    expect((before.table?.entries ?? 0) / LIMIT).toBeGreaterThan(0.65);
    const after = foretold({ raiseLimit: RAISED, nodeLocalDnsCache: true }, before);

    await node.calm();
    writeSysctl('max', RAISED);
    await node.installNodeLocalDns();
    await node.send(work(lab.nodeLocal));
    const { table } = node.probe().facts;

    expect(after.bound).toBeUndefined();
    expect(table?.max).toBe(after.limit);
    expectWithin5Percent(after, table?.entries ?? 0, before);
  });
});
