import { describe, expect, it } from 'vitest';
import type { LimitInputs } from '../../../lib/core/limit/expected-limit.js';
import { movesOf } from '../../../lib/core/limit/limit-moves.js';
import { inputsOf } from '../../support/limit-inputs.js';

const moves = (type: string, more: Partial<LimitInputs> = {}) => movesOf(inputsOf(type, more));

describe('movesOf', () => {
  it.each([
    ['t3.large', '1.31', '4 vCPU would leave it at 131,072; 8 vCPU would give 262,144.'],
    ['t3.xlarge', '1.28', '8 vCPU would leave it at 262,144; 16 vCPU would give 524,288.'],
    ['m5.24xlarge', '1.35', '128 vCPU would give 4,194,304.'],
    ['m5.24xlarge', '1.36', 'More vCPUs would leave it at 1,048,576.'],
    ['t3.xlarge', 'none', 'More vCPUs would leave it at 262,144.'],
  ])('says of vCPUs on %s under %s: %s', (type, kubeProxy, sentence) => {
    expect(moves(type, { kubeProxy })[0]).toBe(sentence);
  });

  it('warns of the vCPU count at which a high minimum stops to count', () => {
    expect(moves('m5.2xlarge', { kubeProxy: '1.36', min: 2_000_000 })[0]).toBe(
      'More vCPUs would not raise it: 48 vCPU would give 1,048,576, as kube-proxy then ignores its min.',
    );
  });

  it.each([
    ['t3.medium', '1.31', 'More memory would leave it at 131,072.'],
    [
      't3.medium',
      '1.28',
      'More than 4 GiB of usable memory, as a node sold with 8 GiB has, would give 262,144.',
    ],
    [
      't3.medium',
      '1.36',
      'More memory would leave it at 131,072 (262,144 if its patch release only raises it).',
    ],
    [
      't3.nano',
      'none',
      'More than 1 GiB of usable memory, as a node sold with 2 GiB has, would give 65,536.',
    ],
  ])('says of memory on %s under %s: %s', (type, kubeProxy, sentence) => {
    expect(moves(type, { kubeProxy })[1]).toBe(sentence);
  });

  it.each([
    [
      '1.31',
      /^A conntrack.min above 131,072 .* a sysctl .* lasts only until kube-proxy starts again/,
    ],
    [
      '1.36',
      /^A conntrack.min above 131,072 .* a sysctl .* lasts only until kube-proxy starts again/,
    ],
    [
      '1.28',
      /^A conntrack.min above 262,144 .* a higher sysctl .* stays, as this kube-proxy only ever/,
    ],
    ['none', /^A sysctl .* moves it and stays, as no kube-proxy overwrites it\.$/],
  ])('says of configuration on t3.xlarge under %s what lasts', (kubeProxy, sentence) => {
    expect(moves('t3.xlarge', { kubeProxy })[2]).toMatch(sentence);
  });

  it.each([
    ['1.36', /^conntrack.min of kube-proxy is ignored .* lasts only until/],
    ['1.38', /^conntrack.min of kube-proxy is ignored .* stays/],
  ])('recommends no minimum where the cap of %s makes it void', (kubeProxy, sentence) => {
    expect(moves('m5.24xlarge', { kubeProxy })[2]).toMatch(sentence);
  });

  it('only says how to learn the version where kube-proxy is unknown', () => {
    expect(moves('t3.xlarge')).toEqual([
      'The image tag of the kube-proxy DaemonSet tells its version: kubectl -n kube-system get daemonset kube-proxy -o wide.',
    ]);
  });
});
