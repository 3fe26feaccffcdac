import { describe, expect, it } from 'vitest';
import { assumedKernel } from '../../../lib/core/limit/assumed-kernel.js';

describe('assumedKernel', () => {
  it.each([
    ['al2', '1.32', '5.10'],
    ['al2023', '1.28', '6.1'],
    ['al2023', '1.32.5', '6.1'],
    ['al2023', '1.33', '6.12'],
    ['al2023', '1.35', '6.12'],
    ['al2023', '1.36', '6.18'],
    ['al2023', 'none', '6.18'],
    ['al2023', undefined, '6.18'],
    ['bottlerocket', '1.33', '6.1'],
    ['bottlerocket', '1.34', '6.12'],
    ['bottlerocket', '1.35', '6.12'],
    ['bottlerocket', '1.36', '6.18'],
    ['bottlerocket', undefined, '6.18'],
    ['ubuntu', '1.36', '6.1'],
    ['other', '1.36', '6.1'],
  ] as const)('of %s under %s is %s', (os, kubeProxy, kernel) => {
    expect(assumedKernel(os, kubeProxy)).toBe(kernel);
  });
});
