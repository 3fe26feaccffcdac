import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { earlyEvictions } from '../../lib/core/rules/early-evictions.js';
import { tableDrops } from '../../lib/core/rules/table-drops.js';
import { tablePressure } from '../../lib/core/rules/table-pressure.js';
import { KernelLab } from './kernel-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';

const LIMIT = 4_096;
/**
 * After a refused flow the kernel's collector evicts too, and counts it nowhere: down to 95 % of the limit,
 * once a second at most. These are more than four of its rounds can make room for.
 */
const NEW_FLOWS = 1_200;

let lab: KernelLab;
let before: { max: number; buckets: number };

beforeAll(() => {
  before = { max: readSysctl('max'), buckets: readSysctl('buckets') };
  lab = new KernelLab();
  writeSysctl('max', LIMIT);
  // The kernel looks for a victim in 8 buckets: in a hash much larger than the table it finds none.
  writeSysctl('buckets', LIMIT);
});

afterAll(() => {
  writeSysctl('buckets', before.buckets);
  writeSysctl('max', before.max);
  lab.close();
});

/** What a counter grew by while new flows met a table full of these entries. */
function grown(status: 'ASSURED' | 'SEEN_REPLY') {
  lab.flush();
  lab.insert(LIMIT, status);
  const before = lab.probe();
  lab.send(NEW_FLOWS);
  const after = lab.probe();
  const growth = (name: string) => (after.counters?.[name] ?? 0) - (before.counters?.[name] ?? 0);
  return { after, before, growth };
}

describe('a full table, on this kernel', () => {
  it('evicts entries that are not assured, drops nothing and logs nothing', () => {
    const { growth, before, after } = grown('SEEN_REPLY');
    expect(growth('early_drop')).toBeGreaterThan(0);
    expect(growth('drop')).toBe(0);
    expect(after.tableFull?.lines).toBe(before.tableFull?.lines);
  });

  it('is seen within one probe while it drops, without a word of the kernel log', () => {
    lab.flush();
    lab.insert(LIMIT);
    const flows = lab.keepSending();
    const { tableFull: _, ...facts } = lab.probe();
    flows.stop();
    expect(facts.churn?.counters['drop']).toBeGreaterThan(0);
    expect(tableDrops.evaluate({ facts }, defaultPolicy)).toMatchObject({ severity: 'critical' });
  });

  it('is seen within one probe while it evicts, as the first sign', () => {
    lab.flush();
    lab.insert(LIMIT, 'SEEN_REPLY');
    const flows = lab.keepSending();
    const facts = lab.probe();
    flows.stop();
    expect(facts.churn?.counters['early_drop']).toBeGreaterThan(0);
    expect(earlyEvictions.evaluate({ facts }, defaultPolicy)).toMatchObject({
      verdict: 'finding',
      severity: 'warning',
    });
  });

  it('refuses new flows when every entry is assured, and counts drops without failed inserts', () => {
    const { growth, before, after } = grown('ASSURED');
    expect(growth('drop')).toBeGreaterThanOrEqual(NEW_FLOWS);
    expect(growth('insert_failed')).toBe(0);
    expect(after.tableFull?.lines).toBeGreaterThan(before.tableFull?.lines ?? 0);
    expect(tablePressure.evaluate({ facts: after }, defaultPolicy)).toMatchObject({
      verdict: 'finding',
      severity: 'critical',
    });
    expect(tableDrops.evaluate({ facts: after }, defaultPolicy)).toMatchObject({
      verdict: 'finding',
      severity: 'critical',
    });
  });
});
