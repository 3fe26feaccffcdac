import { describe, expect, it } from 'vitest';
import {
  BOTTLEROCKET_BOOT_LIMIT,
  expectedLimit,
  type NodeOs,
} from '../../../lib/core/limit/expected-limit.js';
import { findShape } from '../../../lib/core/limit/instance-shapes.js';
import { ruleTexts } from '../../../lib/core/rules/index.js';
import { silentReasons } from '../../../lib/core/node/silent-node.js';
import { allInstances, type SimulatedNode } from '../../../lib/simulator/fleet.js';
import { builtInFleet } from '../../../lib/simulator/fleet/built-in-fleet.js';

const nodes = builtInFleet.clusters.flatMap((cluster) =>
  cluster.nodes.map((node) => ({ cluster, ...node })),
);
const ordinary = nodes.filter(({ expect: note }) => note === undefined || 'healthy' in note);

function osOf({ machine: { os } }: SimulatedNode): NodeOs {
  if (os.id === 'bottlerocket') return 'bottlerocket';
  return os.version === '2' ? 'al2' : 'al2023';
}

/** Bottlerocket whose kube-proxy left the limit of the boot alone. */
function keepsItsBoot({ machine: { os, conntrack } }: SimulatedNode): boolean {
  return os.id === 'bottlerocket' && conntrack?.max === BOTTLEROCKET_BOOT_LIMIT;
}

describe('the built-in fleet', () => {
  it('has four clusters and about 140 nodes', () => {
    expect(builtInFleet.clusters.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'payments 1.28',
      'storefront 1.31',
      'platform 1.35',
      'media 1.36',
    ]);
    expect(nodes.length).toBeGreaterThanOrEqual(135);
    expect(nodes.length).toBeLessThanOrEqual(145);
  });

  it('is mostly healthy', () => {
    expect(ordinary.length / nodes.length).toBeGreaterThan(0.6);
    for (const { machine } of ordinary) {
      const { entries = 0, max = 1 } = machine.conntrack ?? {};
      expect(entries / max).toBeGreaterThanOrEqual(0.05 - 0.001);
      expect(entries / max).toBeLessThanOrEqual(0.5 + 0.001);
    }
  });

  it('gives every instance an id of its own, as EC2 writes them', () => {
    const ids = allInstances(builtInFleet).map(({ instanceId }) => instanceId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^i-0[0-9a-f]{16}$/.test(id))).toEqual([]);
  });

  // The figures that people know, by type and Kubernetes minor.
  it.each([
    { cluster: 'payments', type: 't2.medium', max: 131_072 },
    { cluster: 'payments', type: 't3.xlarge', max: 262_144 },
    { cluster: 'payments', type: 'm5.large', max: 262_144 },
    { cluster: 'payments', type: 'm5.4xlarge', max: 524_288 },
    { cluster: 'storefront', type: 't3.xlarge', max: 131_072 },
    { cluster: 'storefront', type: 'm5.large', max: 131_072 },
    { cluster: 'storefront', type: 'm5.2xlarge', max: 262_144 },
    { cluster: 'platform', type: 'm5.24xlarge', max: 3_145_728 },
    { cluster: 'media', type: 'm5.large', max: 131_072 },
  ])('limits healthy $type nodes of $cluster at $max', ({ cluster, type, max }) => {
    const limits = ordinary
      .filter((node) => node.cluster.name === cluster && node.instanceType === type)
      .map(({ machine }) => machine.conntrack?.max);
    expect([...new Set(limits)]).toEqual([max]);
  });

  it('has the limits on healthy nodes that the model predicts', () => {
    for (const node of ordinary.filter((one) => !keepsItsBoot(one))) {
      const { memTotalKiB, vcpus, kernel, conntrack, kubeProxy } = node.machine;
      const { expected } = expectedLimit({
        memory: { usableBytes: memTotalKiB * 1024 },
        vcpus,
        kernel,
        os: osOf(node),
        kubeProxy: kubeProxy?.tag ?? node.cluster.addons['kube-proxy'],
        maxPerCore: kubeProxy?.maxPerCore,
        min: kubeProxy?.min,
      });
      expect(conntrack?.max, node.instanceId).toBe(expected);
    }
  });

  it('has hosts of the size that EC2 sells, less what the kernel keeps', () => {
    for (const { instanceType, machine } of nodes) {
      const { vcpus = 0, memoryMiB = 0 } = findShape(instanceType) ?? {};
      expect(machine.vcpus).toBe(machine.threadsPerCore === 1 ? vcpus / 2 : vcpus);
      const share = machine.memTotalKiB / (memoryMiB * 1024);
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(0.98);
    }
  });

  // What the service does not send or give is no fault of a node: the fault suite tries it.
  const ofTheService = ['not-sent', 'not-read'];

  it('plants every reason for which a node itself can be silent', () => {
    const planted = nodes.flatMap(({ expect: note }) =>
      note !== undefined && 'silent' in note ? [note.silent] : [],
    );
    expect([...new Set(planted), ...ofTheService].sort()).toEqual(
      Object.keys(silentReasons).sort(),
    );
  });

  it('plants only what a rule of the product can find', () => {
    const known = ruleTexts.map(({ id }) => id);
    const planted = nodes.flatMap(({ expect: note }) =>
      note !== undefined && 'findings' in note ? Object.entries(note.findings) : [],
    );
    expect(planted.filter(([rule]) => !known.includes(rule))).toEqual([]);
    expect([...new Set(planted.map((plant) => plant.join(' ')))].sort()).toEqual([
      'allowance-exceeded critical',
      'allowance-low warning',
      'dns-entry-share notice',
      'dns-entry-share warning',
      'early-evictions notice',
      'early-evictions warning',
      'hash-crowding warning',
      'hot-node warning',
      'idle-entries notice',
      'insert-races notice',
      'insert-races warning',
      'limit-not-durable warning',
      'limit-unexpected notice',
      'limit-unexpected warning',
      'link-local-exceeded warning',
      'node-local-dns-idle warning',
      'policy-table warning',
      'reading-implausible warning',
      'stale-flows notice',
      'table-drops critical',
      'table-pressure critical',
      'table-pressure warning',
      'unreplied-entries notice',
      'vpc-idle-timeout warning',
    ]);
  });

  it('gives every host and pod an address of its own, away from those beyond it', () => {
    const addresses = nodes.flatMap(({ machine: { hostAddress, hostAddress6, pods = [] } }) => [
      hostAddress,
      ...(hostAddress6 === undefined ? [] : [hostAddress6]),
      ...pods.map(({ address }) => address),
    ]);
    const isOfTheVpc = /^(10\.[1-9]\d*\.\d+\.\d+|2001:db8:1a:1[\da-f]:[1-9a-f][\da-f:]+)$/;
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter((address) => !isOfTheVpc.test(address ?? ''))).toEqual([]);
  });

  it('tells of EC2’s limits on Nitro, and of nothing but /proc in Bottlerocket’s container', () => {
    for (const { instanceType, machine, operator } of nodes) {
      const { ena, pods, kubeProxy, kernelLog, conntrack } = machine;
      if (operator !== undefined) continue;
      const contained = machine.os.id === 'bottlerocket';
      const nitro = findShape(instanceType)?.hypervisor === 'nitro';
      expect(ena === undefined).toBe(contained || !nitro);
      const seen = [pods, kubeProxy, kernelLog, conntrack?.traffic];
      expect(seen.map((part) => part === undefined)).toEqual(seen.map(() => contained));
      expect(conntrack?.later).toBeDefined();
    }
  });

  it('shows the agent of EKS Auto Mode what no container of Systems Manager sees', () => {
    const auto = nodes.filter(({ operator }) => operator !== undefined);
    expect(auto).toHaveLength(5);
    for (const { machine } of auto) {
      expect(machine).toMatchObject({ os: { id: 'bottlerocket' }, ena: {}, kubeProxy: {} });
      expect(machine.conntrack?.traffic).toBeDefined();
    }
  });

  it('has entries of 320 bytes on Linux 5.10 and of 256 on later ones', () => {
    for (const { machine } of nodes) {
      expect(machine.conntrack?.entryBytes).toBe(machine.kernel.startsWith('5.10') ? 320 : 256);
    }
  });

  it('hides the nodes of Auto Mode behind an operator, without a tag of the other kinds', () => {
    const managed = nodes.filter(({ operator }) => operator !== undefined);
    expect(managed).not.toHaveLength(0);
    for (const { tags } of managed) {
      expect(tags['eks:eks-cluster-name']).toBe('platform');
      expect(tags['eks:kubernetes-node-pool-name']).toBe('general-purpose');
      expect(tags['aws:eks:cluster-name']).toBeUndefined();
    }
  });

  it('tags every other node with its cluster', () => {
    const others = nodes.filter(({ operator }) => operator === undefined);
    for (const { tags, cluster } of others) expect(tags['aws:eks:cluster-name']).toBe(cluster.name);
  });

  it('keeps a table-full line of another namespace on a kernel that tells namespaces apart', () => {
    const suspicious = nodes.filter(({ machine }) =>
      machine.kernelLog?.some((line) => line.includes('in netns')),
    );
    expect(suspicious.map(({ machine }) => machine.kernel.split('.', 2).join('.'))).toEqual([
      '6.18',
    ]);
    expect(suspicious.map(({ expect: note }) => note)).toMatchObject([{ healthy: true }]);
  });

  it('has Bottlerocket that keeps the limit of its boot, and is healthy', () => {
    const kept = nodes.filter(keepsItsBoot);
    expect(kept.map(({ cluster }) => cluster.name)).toEqual(['platform', 'media']);
    for (const { expect: note } of kept) expect(note).toMatchObject({ healthy: true });
  });

  describe('has in the cluster of IPv6', () => {
    const inMedia = nodes.filter(({ cluster }) => cluster.name === 'media');

    it('services, pods and hosts of IPv6, and nftables', () => {
      const media = builtInFleet.clusters.find(({ name }) => name === 'media');
      expect(media).toMatchObject({
        serviceIpv6Cidr: 'fd4a:9c1e:77d0::/108',
        proxyMode: 'nftables',
      });
      for (const { machine } of inMedia) {
        const { hostAddress6, pods = [], kubeProxy, nodeLocalDns } = machine;
        expect(hostAddress6?.split(':')).toHaveLength(8);
        expect(pods.filter(({ address }) => !address.includes('::'))).toEqual([]);
        expect([undefined, 'nftables']).toContain(kubeProxy?.mode);
        expect(nodeLocalDns).toBeUndefined();
      }
    });

    it('hosts without SMT, with half of the CPUs of their type', () => {
      const without = inMedia.filter(({ machine }) => machine.threadsPerCore === 1);
      expect(without.map(({ instanceType, machine }) => [instanceType, machine.vcpus])).toEqual(
        Array.from({ length: 3 }, () => ['m5.2xlarge', 4]),
      );
    });

    it('nodes of Karpenter before and after it had node pools', () => {
      const tagged = (tag: string) => inMedia.filter(({ tags }) => tag in tags);
      const [old, later] = [
        tagged('karpenter.sh/provisioner-name'),
        tagged('karpenter.sh/nodepool'),
      ];
      expect([old.length, later.length]).toEqual([2, 3]);
      expect(old.filter((node) => later.includes(node))).toEqual([]);
    });
  });
});
