import { describe, expect, it } from 'vitest';
import type { ScopeNode } from '../../../lib/core/artefacts/scope.js';
import { kubeProxySteps, type Given } from '../../../lib/core/plan/limit-steps.js';

const node = (different: Partial<ScopeNode> = {}): ScopeNode => ({
  instanceId: 'i-1',
  nodeGroup: 'web',
  vcpus: 2,
  limit: 131_072,
  kubeProxy: '1.31.2',
  min: 131_072,
  ...different,
});
const given = (limit: number, different: Partial<Given> = {}): Given => ({
  node: node(),
  facts: { os: { id: 'amzn', version: '2023' } },
  limit,
  ...different,
});
const steps = (those: readonly Given[], nodes = [node()], min = 262_144) =>
  kubeProxySteps({ min }, nodes, those);

describe('the steps of a limit', () => {
  it('name the one number everywhere', () => {
    expect(steps([given(262_144)])).toEqual([
      'now, on each node that is full: sysctl -w net.netfilter.nf_conntrack_max=262144 (until kube-proxy starts again)',
      'for good: kubectl -n kube-system edit configmap kube-proxy-config, set conntrack.min to 262144, then kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)',
      'undo: set conntrack.min back to 131072, and kubectl -n kube-system rollout restart daemonset kube-proxy',
      'proof: the next audit reads a limit of 262144 on the nodes of web',
    ]);
  });

  it('ask for nothing now on a node that has as much, and for something where it has less', () => {
    const has = (limit: number) => steps([given(262_144, { node: node({ limit }) })]).join('\n');
    expect(has(262_144)).not.toContain('now, ');
    expect(has(262_143)).toContain('now, ');
  });

  it('give each size of node its own number where they differ', () => {
    const large = given(524_288, { node: node({ nodeGroup: 'batch' }) });
    const text = steps([given(262_144), large]);
    expect(text.filter((step) => step.startsWith('now'))).toEqual([
      expect.stringMatching(/of web that is full: .*=262144 /),
      expect.stringMatching(/of batch that is full: .*=524288 /),
    ]);
    expect(text.at(-1)).toBe(
      'proof: the next audit reads a limit of 524288 on the nodes of batch and a limit of 262144 on the nodes of web',
    );
  });

  it('speak to Bottlerocket in its own words', () => {
    const bottlerocket = given(262_144, { facts: { os: { id: 'bottlerocket', version: '1' } } });
    expect(steps([bottlerocket])[0]).toContain('apiclient set');
  });

  it('say that a kube-proxy which only raises takes nothing back', () => {
    const older = node({ kubeProxy: '1.28.15' });
    expect(steps([given(262_144)], [older]).join('\n')).toContain('lowers no limit');
    expect(steps([given(262_144)], [node()]).join('\n')).not.toContain('lowers no limit');
  });

  it('say so where nobody knows what was configured before', () => {
    const { min: _min, ...unseen } = node();
    expect(steps([given(262_144)], [unseen]).join('\n')).toContain(
      'undo: take conntrack.min out again, or set it to what it was',
    );
  });
});
