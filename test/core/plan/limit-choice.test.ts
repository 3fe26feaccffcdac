import { describe, expect, it } from 'vitest';
import type { ScopeNode } from '../../../lib/core/artefacts/scope.js';
import { chosenLimit, valuesText, type Asking } from '../../../lib/core/plan/limit-choice.js';

const GIB = 1_073_741_824;

const node = (different: Partial<ScopeNode> = {}): ScopeNode => ({
  instanceId: 'i-1',
  nodeGroup: 'web',
  vcpus: 2,
  memoryBytes: 8 * GIB,
  kernel: '6.1',
  entryBytes: 256,
  limit: 131_072,
  kubeProxy: '1.31.2',
  ...different,
});

const asks = (limit: number, different: Partial<Asking> = {}): Asking => ({
  node: node(),
  limit,
  least: limit,
  severity: 'critical',
  ...different,
});

describe('the limit of a cluster', () => {
  it('is one value, the largest that is asked for', () => {
    const chosen = chosenLimit([asks(262_144), asks(524_288)], [node()], 0.05);
    expect(chosen).toEqual({ limit: 524_288, values: { min: 524_288 } });
  });

  it('is one that the smallest node bears, and no larger', () => {
    const large = node({ instanceId: 'i-2', vcpus: 16, memoryBytes: 64 * GIB, limit: 524_288 });
    const small = node({ instanceId: 'i-3' });
    const asking = [asks(2_097_152, { node: large }), asks(262_144, { node: small })];
    const chosen = chosenLimit(asking, [large, small], 0.05);
    expect(chosen?.values).toEqual({ maxPerCore: 131_072 });
  });

  it.each([
    [384 / 8_192, { min: 1_048_576 }],
    [384 / 8_192 - 0.0001, undefined],
  ])('of a full table that costs 384 MiB under a share of %s is %o', (share, values) => {
    expect(chosenLimit([asks(1_048_576)], [node()], share)?.values).toEqual(values);
  });

  it('never lowers a node that has more', () => {
    const more = node({ instanceId: 'i-2', limit: 1_048_576 });
    expect(chosenLimit([asks(262_144)], [node(), more], 0.05)?.values).toEqual({ min: 1_048_576 });
  });

  it('does not count by vCPU for what a mere notice asks for', () => {
    const large = node({ instanceId: 'i-2', vcpus: 16, memoryBytes: 64 * GIB, limit: 524_288 });
    const asking = [asks(262_144), asks(2_097_152, { node: large, severity: 'notice' })];
    expect(chosenLimit(asking, [node(), large], 0.05)?.values).toEqual({ min: 262_144 });
  });

  it('is none where kube-proxy leaves the limit alone', () => {
    const alone = node({ instanceId: 'i-2', maxPerCore: 0 });
    expect(chosenLimit([asks(262_144)], [node(), alone], 0.05)).toBeUndefined();
  });

  it('is written as it stands in the configuration of kube-proxy', () => {
    expect(valuesText({ min: 524_288 })).toBe('conntrack.min of kube-proxy to 524,288');
    expect(valuesText({ maxPerCore: 65_536, min: 262_144 })).toBe(
      'conntrack.maxPerCore of kube-proxy to 65,536 and conntrack.min to 262,144',
    );
  });
});
