import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeLocalDnsCache } from '../../lib/core/remedies/node-local-dns-cache.js';
import { aCase } from '../support/a-case.js';
import { dnsWork } from './dns-work.js';
import { lab, NodeLab } from './node-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';

const LIMIT = 2_048;
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

describe('node-local-dns-cache, on this kernel', () => {
  it('predicts within 5 points what the table uses once lookups are not tracked', async () => {
    await node.send(dnsWork(lab.world));
    // The kernel log is that of every suite before, and numbers of namespaces are used again.
    const { tableFull: _, ...before } = node.probe().facts;
    const predicted = nodeLocalDnsCache.assess(aCase({ facts: before }))?.predicted.usage ?? NaN;
    expect((before.table?.entries ?? 0) / LIMIT).toBeGreaterThan(0.65);

    await node.calm();
    await node.installNodeLocalDns();
    await node.send(dnsWork(lab.nodeLocal));
    const after = node.probe().facts;

    const real = (after.table?.entries ?? 0) / LIMIT;
    process.stdout.write(`predicted ${predicted.toFixed(3)}, measured ${real.toFixed(3)}\n`);
    expect(Math.abs(real - predicted)).toBeLessThan(0.05);
    expect(after.makeup?.dns).toMatchObject({ udp: 0, tcp: 1 });
    expect(after.nodeLocalDns).toMatchObject({ interface: true, rules: 4 });
    expect(after.nodeLocalDns?.packets).toBeGreaterThanOrEqual(1_000);
  });
});
