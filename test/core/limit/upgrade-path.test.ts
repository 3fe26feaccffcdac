import { describe, expect, it } from 'vitest';
import type { LimitInputs } from '../../../lib/core/limit/expected-limit.js';
import { upgradePath } from '../../../lib/core/limit/upgrade-path.js';
import { inputsOf } from '../../support/limit-inputs.js';

const path = (type: string, more: Partial<LimitInputs>) => upgradePath(inputsOf(type, more));
const changes = (type: string, more: Partial<LimitInputs>) =>
  path(type, more)
    .filter(({ change }) => change !== 'same')
    .map(({ version, change, expected }) => `${version} ${change} ${expected}`);

describe('upgradePath', () => {
  it('goes through each later minor up to 1.38', () => {
    const versions = path('t3.xlarge', { kubeProxy: '1.35.2' }).map(({ version }) => version);
    expect(versions).toEqual(['1.36', '1.37', '1.38']);
    expect(path('t3.xlarge', { kubeProxy: '1.12' })[0]?.version).toBe('1.23');
    expect(path('t3.xlarge', { kubeProxy: '1.38' })).toEqual([]);
    expect(upgradePath(inputsOf('t3.xlarge', { kubeProxy: '1.28' }), 29)).toHaveLength(1);
  });

  it.each([
    {
      type: 't3.xlarge',
      kubeProxy: '1.22',
      found: ['1.23 grows 262144', '1.29 shrinks 131072', '1.38 grows 262144'],
    },
    { type: 't3.xlarge', kubeProxy: '1.28', found: ['1.29 shrinks 131072', '1.38 grows 262144'] },
    { type: 'm5.24xlarge', kubeProxy: '1.28', found: ['1.36 shrinks 1048576'] },
    { type: 't2.medium', kubeProxy: '1.22', found: [] },
    { type: 'm5.4xlarge', kubeProxy: '1.28', found: [] },
  ])('finds where the limit of $type moves after $kubeProxy', ({ type, kubeProxy, found }) => {
    expect(changes(type, { kubeProxy })).toEqual(found);
  });

  it('finds the fall of Bottlerocket from its own boot value', () => {
    expect(changes('t3.xlarge', { kubeProxy: '1.28', os: 'bottlerocket' })).toEqual([
      '1.29 shrinks 131072',
      '1.38 grows 1048576',
    ]);
  });

  it('says why m5.24xlarge falls to a third between 1.35 and 1.36', () => {
    expect(path('m5.24xlarge', { kubeProxy: '1.35' })[0]).toEqual({
      version: '1.36',
      expected: 1_048_576,
      change: 'shrinks',
      why: '1.36: 3,145,728 becomes 1,048,576, as kube-proxy cuts 32,768 x 96 vCPU = 3,145,728 to its cap of 1,048,576.',
    });
  });

  it('says why t3.xlarge halves between 1.28 and 1.29, and what may bring it back', () => {
    const steps = path('t3.xlarge', { kubeProxy: '1.28' });
    const of = (version: string) => steps.find((step) => step.version === version);
    expect(of('1.29')?.why).toBe(
      '1.29: 262,144 becomes 131,072, as kube-proxy writes its own number even though the node boots with 262,144.',
    );
    expect(of('1.35')).toEqual({ version: '1.35', expected: 131_072, change: 'same' });
    expect(of('1.36')).toMatchObject({ expected: 131_072, orElse: 262_144, change: 'same' });
    expect(of('1.36')?.why).toContain('a patch release may already only raise the limit');
    expect(of('1.37')).toEqual({
      version: '1.37',
      expected: 131_072,
      orElse: 262_144,
      change: 'same',
    });
    expect(of('1.38')?.why).toBe(
      '1.38: 131,072 becomes 262,144, as kube-proxy only raises the limit and keeps the 262,144 of the boot.',
    );
  });

  it.each(['none', undefined, 'banana'])('is empty when kube-proxy is %s', (kubeProxy) => {
    expect(path('t3.xlarge', { kubeProxy })).toEqual([]);
  });
});
