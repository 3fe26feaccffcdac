import { describe, expect, it } from 'vitest';
import { defaultConntrack, kubeProxyTarget } from '../../../lib/core/limit/kube-proxy-target.js';

const CAP = 1_048_576;

describe('kubeProxyTarget', () => {
  it.each([
    { vcpus: 3, limit: 131_072, boundBy: 'kube-proxy-min' },
    { vcpus: 4, limit: 131_072, boundBy: 'kube-proxy-cores' },
    { vcpus: 5, limit: 163_840, boundBy: 'kube-proxy-cores' },
    { vcpus: 96, limit: 3_145_728, boundBy: 'kube-proxy-cores' },
  ])('is $limit for $vcpus vCPU as EKS ships it', ({ vcpus, ...target }) => {
    expect(kubeProxyTarget(vcpus, defaultConntrack)).toEqual(target);
  });

  it('is nothing when maxPerCore is 0, whatever min says', () => {
    expect(kubeProxyTarget(8, { maxPerCore: 0, min: 500_000 })).toBeUndefined();
    expect(kubeProxyTarget(8, { maxPerCore: 1, min: 500_000 })?.limit).toBe(500_000);
  });

  it('lets the cap of 1.36 cut only what is above it', () => {
    expect(kubeProxyTarget(32, defaultConntrack, CAP)?.boundBy).toBe('kube-proxy-cores');
    expect(kubeProxyTarget(33, defaultConntrack, CAP)).toEqual({
      limit: CAP,
      boundBy: 'kube-proxy-cap',
    });
  });

  it('tests the cap before the minimum, so that a high minimum works on small nodes only', () => {
    const conntrack = { ...defaultConntrack, min: 2_000_000 };
    expect(kubeProxyTarget(8, conntrack, CAP)?.limit).toBe(2_000_000);
    expect(kubeProxyTarget(32, conntrack, CAP)?.limit).toBe(2_000_000);
    expect(kubeProxyTarget(64, conntrack, CAP)?.limit).toBe(CAP);
  });
});
