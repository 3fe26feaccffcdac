import { describe, expect, it } from 'vitest';
import {
  largerVcpuSizes,
  nextMemoryStep,
  nextVcpuStep,
  withMostMemory,
} from '../../../lib/core/limit/growth.js';
import { inputsOf } from '../../support/limit-inputs.js';

const GIB = 1_073_741_824;

describe('nextVcpuStep', () => {
  it.each([
    { type: 't3.xlarge', kubeProxy: '1.31', step: { vcpus: 8, limit: 262_144 } },
    { type: 't3.large', kubeProxy: '1.31', step: { vcpus: 8, limit: 262_144 } },
    { type: 't3.xlarge', kubeProxy: '1.28', step: { vcpus: 16, limit: 524_288 } },
    { type: 'm5.24xlarge', kubeProxy: '1.35', step: { vcpus: 128, limit: 4_194_304 } },
    { type: 'm5.8xlarge', kubeProxy: '1.36', step: undefined },
    { type: 't3.xlarge', kubeProxy: 'none', step: undefined },
    { type: 't3.xlarge', kubeProxy: undefined, step: undefined },
  ])('of $type under $kubeProxy is $step', ({ type, kubeProxy, step }) => {
    expect(nextVcpuStep(inputsOf(type, { kubeProxy }))).toEqual(step);
  });

  it('weighs twice as many vCPUs beyond the largest common size', () => {
    expect(largerVcpuSizes(128)).toEqual([192, 384]);
    expect(largerVcpuSizes(896)).toEqual([1_792]);
  });
});

describe('nextMemoryStep', () => {
  it.each([
    { type: 't3.medium', kubeProxy: '1.31', step: undefined },
    { type: 't3.medium', kubeProxy: '1.28', step: { aboveBytes: 4 * GIB, limit: 262_144 } },
    { type: 't3.xlarge', kubeProxy: '1.28', step: undefined },
    { type: 't3.nano', kubeProxy: 'none', step: { aboveBytes: GIB, limit: 65_536 } },
    { type: 't3.small', kubeProxy: 'none', step: { aboveBytes: 4 * GIB, limit: 262_144 } },
    { type: 't3.nano', kubeProxy: undefined, step: undefined },
  ])('of $type under $kubeProxy is $step', ({ type, kubeProxy, step }) => {
    expect(nextMemoryStep(inputsOf(type, { kubeProxy }))).toEqual(step);
  });

  it('counts a threshold that memory meets exactly as still ahead', () => {
    const inputs = inputsOf('t3.nano', { kubeProxy: 'none' });
    const at = (usableBytes: number) => nextMemoryStep({ ...inputs, memory: { usableBytes } });
    expect(at(4 * GIB)).toEqual({ aboveBytes: 4 * GIB, limit: 262_144 });
    expect(at(4 * GIB + 4_096)).toBeUndefined();
  });

  it('does not help Bottlerocket, which boots with its own limit', () => {
    const inputs = inputsOf('t3.nano', { kubeProxy: '1.28', os: 'bottlerocket' });
    expect(nextMemoryStep(inputs)).toBeUndefined();
  });
});

describe('withMostMemory', () => {
  it('never takes memory away', () => {
    const inputs = inputsOf('t3.nano');
    expect(withMostMemory(inputs).memory).toEqual({ usableBytes: 4 * GIB + 4_096 });
    const large = { ...inputs, memory: { usableBytes: 64 * GIB } };
    expect(withMostMemory(large).memory).toEqual({ usableBytes: 64 * GIB + 4_096 });
  });
});
