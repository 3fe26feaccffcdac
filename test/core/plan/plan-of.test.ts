import { describe, expect, it } from 'vitest';
import { shape, aNode } from '../../support/a-node.js';
import { theDemo } from '../../support/demo-run.js';
import { pageParts } from '../../support/page-parts.js';

const sizes = ['m5.large', 'm5.xlarge', 'm5.2xlarge', 'm5.4xlarge'].map((instanceType, at) => ({
  ...shape,
  instanceType,
  vcpus: 2 * 2 ** at,
  memoryMiB: 8_192 * 2 ** at,
}));
const growth = {
  seconds: 3_600,
  counters: { drop: 0, early_drop: 0, insert_failed: 0 },
  exceeded: { bw_in: 0, bw_out: 0, pps: 0, conntrack: 9, linklocal: 0 },
};
const table = { entries: 130_000, max: 131_072, buckets: 262_144 };

describe('the plan of the demo', () => {
  it('has one limit for each cluster, and names it in title, steps and files alike', async () => {
    const { plan } = await theDemo();
    const limits = plan.actions.filter(({ remedy }) => remedy === 'raise-limit');
    expect(limits.map(({ scope, limit }) => [scope.cluster, limit])).toEqual([
      ['storefront', 1_048_576],
      ['payments', 262_144],
      ['media', 1_048_576],
    ]);
    for (const { title, steps, command, limit = 0 } of limits) {
      expect(title).toContain(limit.toLocaleString('en-US'));
      const numbers = steps.flatMap((step) => step.match(/(?<=_max=|min to |limit of )\d+/g) ?? []);
      expect(new Set(numbers)).toEqual(new Set([String(limit)]));
      expect(command).toMatchObject({ limit });
    }
  });

  it('says why media gets more than anybody there needs', async () => {
    const { plan } = await theDemo();
    const media = plan.actions.find(({ id }) => id === 'raise-limit/media');
    expect(media?.reason).toMatch(
      /^the largest need is 262,144 \(encoders, catalogue\); i-\w+ of cache has 1,048,576 already/,
    );
  });

  it('gives no hash fewer buckets than kube-proxy gives it with the limit', async () => {
    const { plan } = await theDemo();
    const ids = plan.actions.map(({ id }) => id);
    expect(ids).not.toContain('grow-hash/storefront/ingress');
    const [first] = plan.actions;
    expect(first?.settles.map(({ id }) => id)).toContain('hash-crowding/storefront/ingress');
  });

  it('counts what an action does from where those before it leave the table', async () => {
    const { plan } = await theDemo();
    const cache = plan.actions.find(({ id }) => id === 'node-local-dns-cache/storefront');
    expect(cache?.effects.map(({ before }) => before.limit)).toEqual(
      cache?.effects.map(() => 1_048_576),
    );
  });
});

const full = { table, reading: table };

/** The plan of a node that EC2 refuses connections, in a cluster of full tables. */
function planWhereEc2Refuses(tcpEstablishedSeconds: number) {
  const vpcTracking = { tcpEstablishedSeconds, configured: true };
  const nodes = [
    aNode({ ...full, growth, vpcTracking }),
    aNode(full, { instanceId: 'i-2', nodeGroup: 'batch' }),
    aNode(full, { instanceId: 'i-3', nodeGroup: 'batch' }),
  ];
  const fleet = {
    region: 'us-east-1',
    clusters: [{ name: 'example', kubeProxyVersion: '1.31.2' }],
    nodes: nodes.map(({ node }) => node),
    shapes: sizes,
  };
  return pageParts(nodes, { fleet }).plan;
}

describe('a plan with a larger instance', () => {
  it('buys the next size where the limit is raised for less, and says so for EC2', () => {
    const { actions } = planWhereEc2Refuses(350);
    expect(actions.map(({ id }) => id)).toEqual([
      'raise-limit/example',
      'resize-instance/example/workers',
    ]);
    const resize = actions[1];
    expect(resize?.instanceType).toBe('m5.xlarge');
    expect(resize?.title).toContain('m5.xlarge in place of m5.large');
    expect(resize?.reason).toContain('after m5.large comes m5.xlarge');
    expect(resize?.steps.join('\n')).not.toContain('m5.2xlarge');
  });

  it('names one size in place of what it does, the smallest', () => {
    const [, second] = planWhereEc2Refuses(432_000).actions;
    expect(second?.remedy).toBe('shorten-vpc-idle-timeout');
    expect(second?.alternatives.map(({ title }) => title)).toEqual([
      'Give workers of example m5.xlarge in place of m5.large',
    ]);
  });
});
