import { describe, expect, it } from 'vitest';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { raiseLimit } from '../../../lib/core/remedies/raise-limit.js';
import { resizeInstance } from '../../../lib/core/remedies/resize-instance.js';
import { restartKubeProxy } from '../../../lib/core/remedies/restart-kube-proxy.js';
import { bundledShapes } from '../../../lib/core/limit/instance-shapes.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

/** An m5.2xlarge whose kube-proxy is configured with this many entries a vCPU, and this limit in force. */
function configured(maxPerCore: number, max: number, facts: NodeFacts = {}) {
  const kubeProxy = { version: '1.33.3', source: 'node', maxPerCore, min: 131_072 } as const;
  const shape = bundledShapes.find(({ instanceType }) => instanceType === 'm5.2xlarge');
  const { facts: node } = aNode({
    table: { entries: 230_000, max },
    vcpus: 8,
    kubeProxy,
    kubeProxyConfigState: 'known',
    memory: { totalBytes: 32_000_000 * 1_024 },
    ...(shape && { shape }),
    ...facts,
  });
  return aCase({ facts: node }, { instanceType: 'm5.2xlarge', shapes: bundledShapes });
}

describe('restart-kube-proxy', () => {
  it('sets what is configured, where the limit of before is in force', () => {
    const said = restartKubeProxy.assess(configured(65_536, 262_144));
    expect(said).toMatchObject({
      helps: true,
      predicted: { limit: 524_288, usage: 230_000 / 524_288 },
    });
    expect(said?.reason).toContain(
      'kube-proxy 1.33.3 is configured to set 524,288, and 262,144 is in force',
    );
    expect(said?.steps[0]).toContain('rollout restart daemonset kube-proxy');
  });

  it('cannot tell where something else may have set the limit', () => {
    expect(restartKubeProxy.assess(configured(65_536, 250_000))).toMatchObject({ helps: null });
  });

  it.each([
    { why: 'it has set it', weighed: configured(65_536, 524_288) },
    { why: 'it would lower the limit', weighed: configured(65_536, 600_000) },
    { why: 'it leaves the limit alone', weighed: configured(0, 262_144) },
    {
      why: 'what is configured was not understood',
      weighed: configured(65_536, 262_144, { kubeProxyConfigState: 'not-understood' }),
    },
    {
      why: 'what is configured cannot be seen',
      weighed: configured(65_536, 262_144, { kubeProxyConfigState: 'not-visible' }),
    },
  ])('has nothing to say where $why', ({ weighed }) => {
    expect(restartKubeProxy.assess(weighed)).toBeUndefined();
  });

  it('stands in for a limit and a size that would give what is configured', () => {
    const weighed = configured(65_536, 262_144);
    expect(raiseLimit.assess(weighed)).toMatchObject({
      helps: false,
      reason: 'kube-proxy is configured to set 524,288 already, and has not started since',
    });
    expect(resizeInstance.assess(weighed)).toMatchObject({
      helps: false,
      reason:
        'kube-proxy is configured to set 524,288 on m5.2xlarge already, and has not started since',
    });
  });

  it('lets nothing below what is configured be proposed, whoever set what is in force', () => {
    expect(raiseLimit.assess(configured(131_072, 250_000))).toMatchObject({
      helps: true,
      predicted: { limit: 1_048_576 },
    });
  });

  it('does not stand in the way of a limit that is higher than what is configured', () => {
    const weighed = configured(32_768, 131_072, { table: { entries: 140_000, max: 131_072 } });
    expect(restartKubeProxy.assess(weighed)?.predicted.limit).toBe(262_144);
    expect(raiseLimit.assess(weighed)).toMatchObject({
      helps: true,
      predicted: { limit: 524_288 },
    });
  });
});
