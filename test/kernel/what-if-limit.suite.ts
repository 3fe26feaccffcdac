import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnsWork } from './dns-work.js';
import { lab, NodeLab } from './node-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';
import { expectWithin5Percent, foretold } from './what-if.js';

const LIMIT = 2_048;
const RAISED = 3_072;
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

describe('a raised limit and NodeLocal DNSCache together, on this kernel', () => {
  it('leave within 5 % the usage that the question foretells', async () => {
    await node.send(dnsWork(lab.world));
    const before = node.probe().facts;
    expect((before.table?.entries ?? 0) / LIMIT).toBeGreaterThan(0.65);
    const after = foretold({ raiseLimit: RAISED, nodeLocalDnsCache: true }, before);

    await node.calm();
    writeSysctl('max', RAISED);
    await node.installNodeLocalDns();
    await node.send(dnsWork(lab.nodeLocal));
    const { table } = node.probe().facts;

    expect(after.bound).toBeUndefined();
    expect(table?.max).toBe(after.limit);
    expectWithin5Percent(after, table?.entries ?? 0, before);
  });
});
