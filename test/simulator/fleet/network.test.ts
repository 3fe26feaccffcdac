import { describe, expect, it } from 'vitest';
import { ordinaryNetwork, suffix } from '../../../lib/simulator/fleet/network.js';
import { al2023, type ClusterPlan, type GroupPlan } from '../../../lib/simulator/fleet/plan.js';

const cluster: ClusterPlan = {
  name: 'storefront',
  os: al2023,
  kubeProxyTag: 'v1.31.2',
  establishedSeconds: 86_400,
};
const group: GroupPlan = {
  name: 'web',
  kind: 'managed',
  instanceType: 'm5.large',
  count: 2,
  max: 131_072,
  usage: [0.1, 0.2],
};

describe('the network of a simulated node', () => {
  it('is the same in every run, with pods in the host’s own range', () => {
    const network = ordinaryNetwork(cluster, group, 0);
    expect(network).toEqual(ordinaryNetwork(cluster, group, 0));
    const prefix = network.hostAddress.replace(/10$/, '');
    expect(network.pods.map(({ address }) => address)).toEqual(
      [20, 21, 22, 23, 24].map((last) => `${prefix}${last}`),
    );
  });

  it('has IPv6 beside IPv4 on the host, and alone on pods, where the cluster has', () => {
    const { hostAddress, hostAddress6, pods } = ordinaryNetwork(
      { ...cluster, ipv6: true },
      group,
      0,
    );
    expect(hostAddress).toBe(ordinaryNetwork(cluster, group, 0).hostAddress);
    expect(hostAddress6).toMatch(/^2001:db8:1a:1[\da-f](:9[\da-f]{3}){4}$/);
    const [prefix = ''] = /^.*::/.exec(pods[0]?.address ?? '') ?? [];
    expect(prefix).toMatch(/^2001:db8:1a:1[\da-f]:8[\da-f]{3}::$/);
    expect(pods.map(({ address }) => address)).toEqual(
      [1, 2, 3, 4, 5].map((at) => `${prefix}${at}`),
    );
  });

  it('has pods that are named as Kubernetes names them, those of one group by one ReplicaSet', () => {
    const names = [0, 1].flatMap((index) =>
      ordinaryNetwork(cluster, group, index).pods.map(
        ({ namespace, name }) => `${namespace}/${name}`,
      ),
    );
    expect(new Set(names).size).toBe(names.length);
    const workload = names.filter((name) => name.startsWith('storefront/'));
    const replicaSets = workload.map((name) => name.replace(/-[^-]+$/, ''));
    expect(new Set(replicaSets)).toEqual(
      new Set([`storefront/web-${suffix('storefront/web', 9)}`]),
    );
    expect(names.filter((name) => /^monitoring\/fluent-bit-[a-z0-9]{5}$/.test(name))).toHaveLength(
      2,
    );
  });
});
