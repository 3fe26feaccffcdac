import { describe, expect, it } from 'vitest';
import { limitInputsOf, nodeOsOf } from '../../../lib/core/limit/node-inputs.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';

const facts: NodeFacts = {
  memory: { totalBytes: 16_000_000_000 },
  vcpus: 4,
  kernel: '6.1.141-155.222.amzn2023.x86_64',
  os: { id: 'amzn', version: '2023' },
  kubeProxy: { version: '1.31.2', source: 'add-on', min: 200_000 },
  shape: {
    instanceType: 't3.xlarge',
    vcpus: 8,
    memoryMiB: 16_384,
    architecture: 'x86_64',
    hypervisor: 'nitro',
  },
};
const without = (...names: readonly (keyof NodeFacts)[]): NodeFacts =>
  Object.fromEntries(
    Object.entries(facts).filter(([name]) => !names.some((absent) => absent === name)),
  );

describe('limitInputsOf', () => {
  it('takes what the node says before what its type says', () => {
    expect(limitInputsOf(facts)).toEqual({
      memory: { usableBytes: 16_000_000_000 },
      vcpus: 4,
      kernel: '6.1.141-155.222.amzn2023.x86_64',
      os: 'al2023',
      kubeProxy: '1.31.2',
      min: 200_000,
    });
  });

  it('falls back to the type of the instance for its size', () => {
    expect(limitInputsOf(without('memory', 'vcpus'))).toMatchObject({
      memory: { nominalMiB: 16_384 },
      vcpus: 8,
    });
  });

  it('leaves an unknown kube-proxy unknown', () => {
    expect(limitInputsOf(without('kubeProxy'))).not.toHaveProperty('kubeProxy');
  });

  it.each([['kernel'], ['os'], ['memory', 'shape'], ['vcpus', 'shape']] as const)(
    'is undefined without %s',
    (...names) => {
      expect(limitInputsOf(without(...names))).toBeUndefined();
    },
  );

  it('is undefined when the kernel is not a release', () => {
    expect(limitInputsOf({ ...facts, kernel: 'banana' })).toBeUndefined();
  });
});

describe('nodeOsOf', () => {
  it.each([
    [{ id: 'amzn', version: '2' }, 'al2'],
    [{ id: 'amzn', version: '2023' }, 'al2023'],
    [{ id: 'amzn', version: '2018.03' }, 'other'],
    [{ id: 'amzn' }, 'other'],
    [{ id: 'bottlerocket', version: '1.26.1' }, 'bottlerocket'],
    [{ id: 'ubuntu', version: '24.04' }, 'ubuntu'],
    [{ id: 'flatcar' }, 'other'],
  ])('reads %j as %s', (release, os) => {
    expect(nodeOsOf(release)).toBe(os);
  });
});
