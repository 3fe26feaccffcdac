import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { raiseLimit } from '../../lib/core/remedies/raise-limit.js';
import { tablePressure } from '../../lib/core/rules/table-pressure.js';
import { aCase } from '../support/a-case.js';
import { KernelLab } from './kernel-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';

let lab: KernelLab;
let max: number;

beforeAll(() => {
  max = readSysctl('max');
  lab = new KernelLab();
});

afterAll(() => {
  writeSysctl('max', max);
  lab.close();
});

describe('raise-limit, on this kernel', () => {
  it.each([9_000, 14_500])(
    'predicts within 5 percent what %d entries use of the raised limit',
    (entries) => {
      writeSysctl('max', 16_384);
      lab.flush();
      lab.insert(entries);
      // The kernel log is that of every suite before, and numbers of namespaces are used again.
      const { tableFull: _, ...facts } = lab.probe();
      const said = raiseLimit.assess(aCase({ facts }));
      const { limit = 0, usage = 0 } = said?.predicted ?? {};

      writeSysctl('max', limit);
      const { table } = lab.probe();

      expect(table?.max).toBe(limit);
      const real = (table?.entries ?? 0) / (table?.max ?? 1);
      expect(Math.abs(real - usage) / usage).toBeLessThan(0.05);
    },
  );

  it('leaves every entry where it is when the limit is lowered below them', () => {
    writeSysctl('max', 32_768);
    lab.flush();
    lab.insert(20_000);
    writeSysctl('max', 16_384);
    const facts = lab.probe();
    expect(facts.table).toMatchObject({ entries: 20_000, max: 16_384 });
    expect(tablePressure.evaluate({ facts }, defaultPolicy)).toMatchObject({
      severity: 'critical',
    });
  });
});
