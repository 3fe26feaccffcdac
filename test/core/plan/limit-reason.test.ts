import { describe, expect, it } from 'vitest';
import type { ScopeNode } from '../../../lib/core/artefacts/scope.js';
import { limitReason, type Need } from '../../../lib/core/plan/limit-reason.js';

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
const needs = (limit: number, different: Partial<Need> = {}): Need => ({
  node: node(),
  limit,
  isMet: true,
  ...different,
});

function reason(min: number, asked: readonly Need[], nodes = [node()], largerHash = 0): string {
  const after = new Map(nodes.map(({ instanceId }) => [instanceId, min]));
  return limitReason({ values: { min }, needs: asked, nodes, after, share: 0.05, largerHash });
}

describe('the reason of a limit', () => {
  it('names the largest need and who has it, and what a full table costs', () => {
    const text = reason(262_144, [needs(262_144), needs(131_072)]);
    expect(text).toBe(
      'the largest need is 262,144 (web); a full table of 262,144 entries costs up to 96 MiB, at most 1% of the memory of a node (5% are allowed), and nothing until it is used',
    );
  });

  it('names the node that has more already, and only where it has more', () => {
    const has = (limit: number) => [node(), node({ instanceId: 'i-2', nodeGroup: 'cache', limit })];
    const kept = 'i-2 of cache has 1,048,576 already, and with less kube-proxy would lower it';
    expect(reason(1_048_576, [needs(262_144)], has(1_048_576))).toContain(kept);
    expect(reason(262_144, [needs(262_144)], has(262_144))).not.toContain('already');
  });

  it('does not say for sure what a kube-proxy does of which it depends on the patch', () => {
    const other = node({ instanceId: 'i-2', limit: 1_048_576, kubeProxy: '1.36.2' });
    expect(reason(1_048_576, [needs(262_144)], [node(), other])).toContain('kube-proxy may lower');
  });

  it('says what is kept beside what is needed', () => {
    const kept = needs(524_288, { lowered: 'kube-proxy starts again' });
    expect(reason(524_288, [needs(262_144), kept])).toMatch(
      /^the largest need is 262,144 \(web\); it keeps 524,288 in web when kube-proxy starts again; /,
    );
  });

  it('names who gets less than it needs, and who does not bear more', () => {
    const large = node({ instanceId: 'i-2', nodeGroup: 'batch', memoryBytes: 64 * GIB });
    const short = needs(2_097_152, { node: large, isMet: false });
    const text = reason(262_144, [needs(262_144), short], [node(), large]);
    expect(text).toContain('batch would need 2,097,152, more than i-1 can bear');
    expect(reason(262_144, [needs(262_144)], [node(), large])).not.toContain('can bear');
  });

  it('says where kube-proxy makes hashes larger too', () => {
    expect(reason(262_144, [needs(262_144)], [node()], 1)).toContain('the hash of 1 node more');
    expect(reason(262_144, [needs(262_144)], [node()], 0)).not.toContain('hash');
  });
});
