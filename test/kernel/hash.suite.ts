import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { growHash } from '../../lib/core/remedies/grow-hash.js';
import { hashCrowding } from '../../lib/core/rules/hash-crowding.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { aCase } from '../support/a-case.js';
import { KernelLab } from './kernel-lab.js';
import { readSysctl, writeSysctl } from './sysctls.js';

/** 8 bytes a bucket, in whole pages. */
const BUCKETS_PER_PAGE = 512;

let lab: KernelLab;
let before: { max: number; buckets: number };

beforeAll(() => {
  before = { max: readSysctl('max'), buckets: readSysctl('buckets') };
  lab = new KernelLab();
});

afterEach(() => {
  writeSysctl('buckets', before.buckets);
});

afterAll(() => {
  writeSysctl('max', before.max);
  lab.close();
});

describe('the hash, on this kernel', () => {
  it.each([4_096, 5_000, 524_288])(
    'takes %d buckets, rounded up to a page, and leaves the limit',
    (wanted) => {
      writeSysctl('buckets', wanted);
      const { table } = lab.probe();
      expect(table?.buckets).toBe(Math.ceil(wanted / BUCKETS_PER_PAGE) * BUCKETS_PER_PAGE);
      expect(table?.max).toBe(before.max);
    },
  );

  it('is crowded with few buckets, and no longer with those that grow-hash names', () => {
    writeSysctl('max', 262_144);
    writeSysctl('buckets', 1_024);
    lab.insert(13_000);
    const facts = lab.probe();
    expect(hashCrowding.evaluate({ facts }, defaultPolicy)).toMatchObject({ severity: 'warning' });

    const said = growHash.assess(aCase({ facts }, { rule: 'hash-crowding' }));
    const [, buckets] = /^echo (\d+)/.exec(said?.steps[0]?.replace(/^.*?: /, '') ?? '') ?? [];
    writeSysctl('buckets', Number(buckets));
    expect(hashCrowding.evaluate({ facts: lab.probe() }, defaultPolicy).verdict).toBe('pass');
  });
});
