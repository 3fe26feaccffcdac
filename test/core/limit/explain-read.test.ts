import { describe, expect, it } from 'vitest';
import type { LimitInputs } from '../../../lib/core/limit/expected-limit.js';
import { explainRead } from '../../../lib/core/limit/explain-read.js';
import { inputsOf } from '../../support/limit-inputs.js';

const explain = (max: number, more: Partial<LimitInputs>, buckets?: number) =>
  explainRead({ max, buckets }, inputsOf('t3.xlarge', more));

describe('explainRead', () => {
  it('matches the expected limit, and says why it is that', () => {
    const found = explain(131_072, { kubeProxy: '1.31' });
    expect(found).toMatchObject({ matches: true, explained: true, by: 'expected', eras: [] });
    expect(found.sentence).toMatch(/^131,072 is what is expected here. kube-proxy 1.31 computes/);
  });

  it('matches either value where the patch release decides', () => {
    expect(explain(131_072, { kubeProxy: '1.36' })).toMatchObject({
      matches: true,
      by: 'expected',
    });
    const raised = explain(262_144, { kubeProxy: '1.36' });
    expect(raised).toMatchObject({ matches: true, explained: true, by: 'or-else', eras: [] });
    expect(raised.sentence).toContain('if this patch release only raises the limit');
  });

  it('recognises the kernel default that kube-proxy should have replaced', () => {
    expect(explain(262_144, { kubeProxy: '1.31' })).toEqual({
      matches: false,
      explained: true,
      by: 'kernel-default',
      eras: ['1.23-1.28', '1.36-1.37', '1.38-and-later'],
      sentence:
        '262,144 is the kernel default for this memory: kube-proxy 1.31 has not written its 131,072 since, or is of a version that leaves it (1.23-1.28, 1.36-1.37, 1.38 and later).',
    });
  });

  it('speaks of no other version where none would leave the kernel default', () => {
    const found = explainRead({ max: 65_536 }, inputsOf('t2.medium', { kubeProxy: '1.31' }));
    expect(found).toMatchObject({ by: 'kernel-default', eras: [] });
    expect(found.sentence).toMatch(/has not written its 131,072 since\.$/);
  });

  it('recognises the boot value of Bottlerocket, and only on Bottlerocket', () => {
    const found = explain(1_048_576, { kubeProxy: '1.31', os: 'bottlerocket' });
    expect(found).toMatchObject({ matches: false, explained: true, by: 'bottlerocket-boot' });
    expect(found.sentence).toMatch(/^1,048,576 is what Bottlerocket sets at boot: kube-proxy 1.31/);
    expect(explain(1_048_576, { kubeProxy: '1.31' }).by).toBe('nothing');
  });

  it('says that the sysctl of Bottlerocket had no effect where the kernel default is left', () => {
    const found = explain(262_144, { kubeProxy: '1.28', os: 'bottlerocket' });
    expect(found).toMatchObject({ matches: false, by: 'kernel-default' });
    expect(found.sentence).toContain('the 1,048,576 of Bottlerocket did not take effect');
  });

  it('recognises a module that was loaded with hashsize', () => {
    const found = explain(800_000, { kubeProxy: '1.31' }, 100_000);
    expect(found).toMatchObject({ matches: false, explained: true, by: 'hashsize' });
    expect(found.sentence).toBe(
      '800,000 is 8 times the buckets, as when nf_conntrack is loaded with hashsize=100000, and not the 131,072 that is expected under kube-proxy 1.31.',
    );
    expect(explain(800_001, { kubeProxy: '1.31' }, 100_000).by).toBe('nothing');
  });

  it('takes 8 times the buckets for chance where nobody chose the buckets', () => {
    expect(explain(2_097_152, { kubeProxy: '1.31' }, 262_144).by).toBe('nothing');
    expect(explain(524_288, { kubeProxy: '1.31', kernel: '5.10' }, 65_536).by).toBe('nothing');
  });

  it('names the eras whose kube-proxy would give it', () => {
    expect(explain(131_072, { kubeProxy: '1.28' })).toEqual({
      matches: false,
      explained: true,
      by: 'another-era',
      eras: ['1.22-and-before', '1.29-1.35', '1.36-1.37'],
      sentence:
        '131,072 is not the 262,144 that is expected under kube-proxy 1.28, but what kube-proxy 1.22 and before, 1.29-1.35, 1.36-1.37 gives here: such a version may run on this node, or wrote it last.',
    });
  });

  it('says so when nothing that it knows gives the limit', () => {
    const found = explain(1_000_000, { kubeProxy: '1.31' });
    expect(found).toMatchObject({ matches: false, explained: false, by: 'nothing', eras: [] });
    expect(found.sentence).toBe(
      '1,000,000 is not the 131,072 that is expected under kube-proxy 1.31: a sysctl, or a conntrack block of kube-proxy that is not known here, set it.',
    );
  });

  it.each([131_072, 262_144, 1_000_000])('guesses nothing about %d without a version', (max) => {
    const found = explain(max, {});
    expect(found).toMatchObject({ by: 'unknown', eras: [] });
    expect(found).not.toHaveProperty('matches');
    expect(found).not.toHaveProperty('explained');
    expect(found.sentence).toContain('The kube-proxy version is unknown');
  });

  it('needs no kube-proxy to explain a node that has none', () => {
    expect(explain(262_144, { kubeProxy: 'none' })).toMatchObject({
      matches: true,
      by: 'expected',
    });
    expect(explain(1_000_000, { kubeProxy: 'none' }).sentence).toMatch(
      /^1,000,000 is not the 262,144 that is expected without kube-proxy: a sysctl/,
    );
  });
});
