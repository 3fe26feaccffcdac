import { describe, expect, it } from 'vitest';
import type { LimitInputs } from '../../../lib/core/limit/expected-limit.js';
import { explainLimit, kubeProxyText, whyLimit } from '../../../lib/core/limit/explain-limit.js';
import { inputsOf } from '../../support/limit-inputs.js';

const why = (type: string, more: Partial<LimitInputs> = {}) => whyLimit(inputsOf(type, more));

describe('whyLimit', () => {
  it('says that the rule of a version to come is assumed', () => {
    expect(why('t3.xlarge', { kubeProxy: '1.99' })).toContain(
      'The rule of 1.99 is not known: it is assumed like 1.38.',
    );
    expect(why('t3.xlarge', { kubeProxy: '1.38' })).not.toContain('assumed');
  });

  it('tells of a patch release that may be fixed, and of no first release', () => {
    expect(why('t3.xlarge', { kubeProxy: '1.36.1' })).toContain('patch release');
    expect(why('t3.xlarge', { kubeProxy: '1.36.0' })).not.toContain('patch release');
  });
});

describe('explainLimit', () => {
  it('says of t3.xlarge under 1.31 that memory does not help and 8 vCPU do', () => {
    expect(explainLimit(inputsOf('t3.xlarge', { kubeProxy: '1.31' }))).toEqual({
      why: 'kube-proxy 1.31 computes 131,072, the larger of its min 131,072 and 32,768 x 4 vCPU = 131,072, and writes it even though that lowers the limit from the kernel default of 262,144 for about 14.9 GiB of usable memory.',
      moves: [
        '8 vCPU would give 262,144.',
        'More memory would leave it at 131,072.',
        'A conntrack.min above 131,072 in the kube-proxy-config ConfigMap raises it when kube-proxy restarts; a sysctl on the node (net.netfilter.nf_conntrack_max) lasts only until kube-proxy starts again, unless conntrack.maxPerCore is 0.',
      ],
    });
  });

  it.each([
    {
      what: 'kube-proxy only raises',
      type: 't3.xlarge',
      more: { kubeProxy: '1.28' },
      says: 'but only ever raises the limit, so the node keeps the kernel default of 262,144',
    },
    {
      what: 'kube-proxy raises the kernel default',
      type: 't2.medium',
      more: { kubeProxy: '1.28' },
      says: 'the larger of its min 131,072 and 32,768 x 2 vCPU = 65,536, and raises the limit to it from the kernel default of 65,536 for about 3.7 GiB',
    },
    {
      what: 'both give the same',
      type: 'm5.2xlarge',
      more: { kubeProxy: '1.31' },
      says: 'which equals the kernel default of 262,144',
    },
    {
      what: 'the cap applies',
      type: 'm5.24xlarge',
      more: { kubeProxy: '1.36' },
      says: 'kube-proxy 1.36 computes 32,768 x 96 vCPU = 3,145,728, cuts that to its cap of 1,048,576, and raises',
    },
    {
      what: 'the cap makes the minimum void',
      type: 'm5.16xlarge',
      more: { kubeProxy: '1.36', min: 2_000_000 },
      says: 'cuts that to its cap of 1,048,576, ignoring its min of 2,000,000, and raises',
    },
    {
      what: 'the minimum equals the cap',
      type: 't3.xlarge',
      more: { kubeProxy: '1.36', min: 1_048_576 },
      says: 'computes 1,048,576, the larger of its min 1,048,576 and 32,768 x 4 vCPU',
    },
    {
      what: 'Bottlerocket boots higher',
      type: 't3.xlarge',
      more: { kubeProxy: '1.31', os: 'bottlerocket' },
      says: 'lowers the limit from the 1,048,576 that Bottlerocket sets at boot.',
    },
    {
      what: 'kube-proxy leaves the limit alone',
      type: 't3.xlarge',
      more: { kubeProxy: '1.31', maxPerCore: 0 },
      says: 'kube-proxy 1.31 leaves the limit alone, as its maxPerCore is 0',
    },
    {
      what: 'no kube-proxy runs',
      type: 't3.xlarge',
      more: { kubeProxy: 'none' },
      says: 'No kube-proxy runs, so the node keeps the kernel default of 262,144',
    },
    {
      what: 'kube-proxy is unknown',
      type: 't3.xlarge',
      more: {},
      says: 'The kube-proxy version is unknown, so no limit is expected.',
    },
  ] as const)('says why when $what', ({ type, more, says }) => {
    expect(why(type, more)).toContain(says);
  });

  it('names both values where a patch release decides, and only there', () => {
    const patched = why('t3.xlarge', { kubeProxy: '1.36.2' });
    expect(patched).toContain('kube-proxy 1.36.2 computes 131,072');
    expect(patched).toContain('https://github.com/kubernetes/kubernetes/pull/142035');
    expect(patched).toMatch(/with that change it stays at 262,144\.$/);
    expect(why('m5.4xlarge', { kubeProxy: '1.36.2' })).not.toContain('patch release');
  });

  it('calls memory an estimate only where it is one', () => {
    const memory = { usableBytes: 16_000_000_000 };
    expect(why('t3.xlarge', { kubeProxy: 'none', memory })).toContain('for 14.9 GiB of usable');
    expect(why('t3.xlarge', { kubeProxy: 'none' })).toContain('for about 14.9 GiB of usable');
  });

  it('never repeats a version that it could not read', () => {
    expect(kubeProxyText(inputsOf('t3.xlarge', { kubeProxy: '<b>1.31</b>' }))).toBe('kube-proxy');
    expect(kubeProxyText(inputsOf('t3.xlarge'))).toBe('kube-proxy');
    expect(why('t3.xlarge', { kubeProxy: '<b>1.31</b>' })).not.toContain('<b>');
  });
});
