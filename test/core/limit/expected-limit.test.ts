import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraOf } from '../../../lib/core/limit/era.js';
import {
  expectedLimit,
  limitAfterRestart,
  nodeOses,
  type LimitInputs,
} from '../../../lib/core/limit/expected-limit.js';
import { inputsOf } from '../../support/limit-inputs.js';

/** Columns: every era by one of its versions, then what 1.36 gives if its patch release only raises. */
const table = [
  // type, kernel default, kube-proxy target, 1.22, 1.28, 1.35, 1.36, 1.36 that only raises
  ['t3.micro', 7_680, 131_072, 131_072, 131_072, 131_072, 131_072, 131_072],
  ['t2.medium', 65_536, 131_072, 131_072, 131_072, 131_072, 131_072, 131_072],
  ['t3.medium', 65_536, 131_072, 131_072, 131_072, 131_072, 131_072, 131_072],
  ['m5.large', 262_144, 131_072, 131_072, 262_144, 131_072, 131_072, 262_144],
  ['t3.large', 262_144, 131_072, 131_072, 262_144, 131_072, 131_072, 262_144],
  ['t3.xlarge', 262_144, 131_072, 131_072, 262_144, 131_072, 131_072, 262_144],
  ['m5.2xlarge', 262_144, 262_144, 262_144, 262_144, 262_144, 262_144, 262_144],
  ['m5.4xlarge', 262_144, 524_288, 524_288, 524_288, 524_288, 524_288, 524_288],
  ['m5.12xlarge', 262_144, 1_572_864, 1_572_864, 1_572_864, 1_572_864, 1_048_576, 1_048_576],
  ['m5.24xlarge', 262_144, 3_145_728, 3_145_728, 3_145_728, 3_145_728, 1_048_576, 1_048_576],
] as const;

const expectedOf = (type: string, more: Partial<LimitInputs>) =>
  expectedLimit(inputsOf(type, more)).expected;

describe('expectedLimit', () => {
  describe.each(table)('of %s', (type, kernel, target, ...eras) => {
    it(`has a kernel default of ${kernel} and a target of ${target}`, () => {
      const limit = expectedLimit(inputsOf(type, { kubeProxy: '1.35' }));
      expect(limit).toMatchObject({ kernelDefault: kernel, kubeProxyTarget: target });
    });

    it.each([
      { kubeProxy: '1.22', expected: eras[0] },
      { kubeProxy: '1.23', expected: eras[1] },
      { kubeProxy: '1.28', expected: eras[1] },
      { kubeProxy: '1.29', expected: eras[2] },
      { kubeProxy: '1.35', expected: eras[2] },
      { kubeProxy: '1.36', expected: eras[3] },
      { kubeProxy: '1.37', expected: eras[3] },
      { kubeProxy: '1.38', expected: eras[4] },
    ])('is $expected under $kubeProxy', ({ kubeProxy, expected }) => {
      expect(expectedOf(type, { kubeProxy })).toBe(expected);
    });

    it.each(['1.36.4', '1.37.1'])(
      'is %s either way when the patch release may differ',
      (kubeProxy) => {
        const { expected, orElse } = expectedLimit(inputsOf(type, { kubeProxy }));
        expect(expected).toBe(eras[3]);
        expect(orElse).toBe(eras[4] === eras[3] ? undefined : eras[4]);
      },
    );
  });

  it('is a quarter of the old kernel default on a node with 1 GiB, until kube-proxy raises both', () => {
    const old = expectedLimit(inputsOf('t3.micro', { kernel: '5.10', kubeProxy: '1.28' }));
    expect(old).toMatchObject({
      kernelDefault: 30_720,
      kernelDefaultBuckets: 7_680,
      expected: 131_072,
    });
  });

  it.each([
    { what: '24 vCPU under 1.12', vcpus: 24, kubeProxy: '1.12', expected: 786_432 },
    { what: '8 vCPU, min binds', vcpus: 8, maxPerCore: 65_535, min: 655_350, expected: 655_350 },
    {
      what: '32 vCPU, cores bind',
      vcpus: 32,
      maxPerCore: 65_535,
      min: 655_350,
      expected: 2_097_120,
    },
  ])('agrees with the field: $what', ({ expected, what: _, ...more }) => {
    expect(expectedOf('m5.large', { kubeProxy: '1.20', ...more })).toBe(expected);
  });

  it.each([
    { kubeProxy: 'none', expected: 1_048_576, boundBy: 'bottlerocket' },
    { kubeProxy: '1.28', expected: 1_048_576, boundBy: 'bottlerocket' },
    { kubeProxy: '1.31', expected: 131_072, boundBy: 'kube-proxy-cores' },
    { kubeProxy: '1.31', maxPerCore: 0, expected: 1_048_576, boundBy: 'bottlerocket' },
    { kubeProxy: '1.36', expected: 131_072, orElse: 1_048_576, boundBy: 'kube-proxy-cores' },
    { kubeProxy: '1.38', expected: 1_048_576, boundBy: 'bottlerocket' },
  ])(
    'starts from 1,048,576 on Bottlerocket under $kubeProxy',
    ({ kubeProxy, maxPerCore, ...limit }) => {
      const inputs = inputsOf('t3.xlarge', { os: 'bottlerocket', kubeProxy, maxPerCore });
      expect(expectedLimit(inputs)).toMatchObject({
        boots: 1_048_576,
        kernelDefault: 262_144,
        ...limit,
      });
    },
  );

  it.each([
    { type: 't3.xlarge', kubeProxy: '1.28', boundBy: 'kernel' },
    { type: 't3.large', kubeProxy: '1.31', boundBy: 'kube-proxy-min' },
    { type: 't3.xlarge', kubeProxy: '1.31', boundBy: 'kube-proxy-cores' },
    { type: 'm5.2xlarge', kubeProxy: '1.28', boundBy: 'kube-proxy-cores' },
    { type: 'm5.24xlarge', kubeProxy: '1.36', boundBy: 'kube-proxy-cap' },
    { type: 't3.xlarge', kubeProxy: 'none', boundBy: 'kernel' },
  ] as const)('is bound by $boundBy on $type under $kubeProxy', ({ type, kubeProxy, boundBy }) => {
    expect(expectedLimit(inputsOf(type, { kubeProxy })).boundBy).toBe(boundBy);
  });

  it('has no target where kube-proxy does not run or leaves the limit alone', () => {
    for (const more of [
      { kubeProxy: 'none' },
      { kubeProxy: '1.31', maxPerCore: 0, min: 500_000 },
    ]) {
      const limit = expectedLimit(inputsOf('t3.xlarge', more));
      expect(limit.expected).toBe(262_144);
      expect(limit).not.toHaveProperty('kubeProxyTarget');
    }
  });

  it.each([undefined, 'banana'])('expects nothing when kube-proxy is %s', (kubeProxy) => {
    expect(expectedLimit(inputsOf('t3.xlarge', { kubeProxy }))).toEqual({
      kernelDefault: 262_144,
      kernelDefaultBuckets: 262_144,
      boots: 262_144,
      kubeProxyTarget: 131_072,
    });
  });

  it('has no target where the unknown version would decide it', () => {
    expect(expectedLimit(inputsOf('m5.24xlarge'))).not.toHaveProperty('kubeProxyTarget');
  });

  it('fails when the kernel release is not one', () => {
    expect(() => expectedLimit(inputsOf('t3.xlarge', { kernel: '?' }))).toThrow("got '?'");
  });
});

describe('limitAfterRestart', () => {
  const after = (now: number, more: Partial<LimitInputs>) =>
    limitAfterRestart(inputsOf('t3.xlarge', more), now);

  it('replaces a sysctl where kube-proxy writes its own number, and keeps it where it only raises', () => {
    expect(after(1_000_000, { kubeProxy: '1.31' })).toEqual({ limit: 131_072 });
    expect(after(1_000_000, { kubeProxy: '1.28' })).toEqual({ limit: 1_000_000 });
    expect(after(1_000, { kubeProxy: '1.28' })).toEqual({ limit: 131_072 });
    expect(after(1_000_000, { kubeProxy: '1.36' })).toEqual({ limit: 131_072, orElse: 1_000_000 });
    expect(after(1_000, { kubeProxy: '1.36' })).toEqual({ limit: 131_072 });
  });

  it('keeps it where no kube-proxy writes', () => {
    expect(after(1_000_000, { kubeProxy: 'none' })).toEqual({ limit: 1_000_000 });
    expect(after(1_000_000, { kubeProxy: '1.31', maxPerCore: 0 })).toEqual({ limit: 1_000_000 });
  });

  it('says nothing where the version is unknown', () => {
    expect(after(1_000_000, {})).toBeUndefined();
  });
});

describe('the model, whatever the node', () => {
  const anyInputs = fc.record({
    memory: fc.record({ nominalMiB: fc.integer({ min: 256, max: 33_554_432 }) }),
    vcpus: fc.integer({ min: 1, max: 1_920 }),
    kernel: fc.constantFrom('5.4', '5.10', '6.1', '6.12'),
    os: fc.constantFrom(...nodeOses),
    kubeProxy: fc.integer({ min: 10, max: 45 }).map((minor) => `1.${minor}`),
    maxPerCore: fc.option(fc.integer({ min: 0, max: 131_072 }), { nil: undefined }),
    min: fc.option(fc.integer({ min: 0, max: 4_000_000 }), { nil: undefined }),
  });

  it('never goes below the boot value where kube-proxy only raises', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { expected = 0, boots } = expectedLimit(inputs);
        return eraOf(inputs.kubeProxy)?.writes !== 'raises-only' || expected >= boots;
      }),
    );
  });

  it('is always either the boot value or the target', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { expected = 0, orElse, boots, kubeProxyTarget } = expectedLimit(inputs);
        const known = [boots, kubeProxyTarget];
        expect(known).toContain(expected);
        if (orElse !== undefined) expect(known).toContain(orElse);
        expect(orElse ?? Infinity).toBeGreaterThan(expected);
      }),
    );
  });

  it('never makes more than the cap of vCPUs from 1.36 on', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const target = expectedLimit({ ...inputs, kubeProxy: '1.36', min: 0 }).kubeProxyTarget ?? 0;
        expect(target).toBeLessThanOrEqual(1_048_576);
      }),
    );
  });

  it('does not change when kube-proxy restarts on the limit that it gave', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { expected = 0 } = expectedLimit(inputs);
        expect(limitAfterRestart(inputs, expected)).toEqual({ limit: expected });
      }),
    );
  });
});
