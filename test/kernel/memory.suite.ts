import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesPerEntry, ENTRY_BYTES } from '../../lib/core/remedies/shared/sizing.js';
import { KernelLab } from './kernel-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';

const ENTRIES = 200_000;
const PAGE_BYTES = 4_096;

let lab: KernelLab;
let before: { max: number; buckets: number };

beforeAll(() => {
  before = { max: readSysctl('max'), buckets: readSysctl('buckets') };
  writeSysctl('max', 262_144);
  writeSysctl('buckets', 262_144);
  lab = new KernelLab();
});

afterAll(() => {
  writeSysctl('buckets', before.buckets);
  writeSysctl('max', before.max);
  lab.close();
});

/** Bytes of the slabs that hold entries, of all namespaces. @see slabinfo(5) */
function slabBytes(): number {
  const line = /^nf_conntrack +.*$/m.exec(readFileSync('/proc/slabinfo', 'utf8'))?.[0] ?? '';
  const fields = line.split(/\s+/);
  const pagesPerSlab = Number(fields[5]);
  const slabs = Number(fields[fields.indexOf('slabdata') + 2]);
  return slabs * pagesPerSlab * PAGE_BYTES;
}

describe('the memory of entries, on this kernel', () => {
  it('is per entry within 5 % of what is predicted, and below the bound that remedies are held to', () => {
    const before = slabBytes();
    lab.insert(ENTRIES);
    const measured = (slabBytes() - before) / ENTRIES;
    const { kernel } = lab.probe();
    process.stdout.write(`measured ${measured.toFixed(1)} bytes per entry on ${kernel ?? ''}\n`);
    expect(Math.abs(measured - ENTRY_BYTES.slim) / ENTRY_BYTES.slim).toBeLessThan(0.05);
    expect(bytesPerEntry(kernel)).toBeGreaterThanOrEqual(measured);
  });
});
