import { describe, expect, it } from 'vitest';
import type { Machine } from '../../lib/simulator/machine.js';
import { inet6Files, podFiles, routeFiles } from '../../lib/simulator/pod-files.js';

const host = {
  hostAddress: '10.7.0.10',
  pods: [
    { namespace: 'shop', name: 'web-1', address: '10.7.0.20' },
    { namespace: 'monitoring', name: 'fluent-bit-x2k9v', address: '10.7.0.21' },
  ],
} as unknown as Machine;

describe('the file of the VPC CNI', () => {
  it('says which pod has which address', () => {
    const files = podFiles(host);
    expect(Object.keys(files)).toEqual(['var/run/aws-node/ipam.json']);
    expect(JSON.parse(files['var/run/aws-node/ipam.json'] ?? '')).toEqual({
      version: 'vpc-cni-ipam/1',
      allocations: [
        {
          networkName: 'aws-cni',
          containerID: '0'.repeat(64),
          ifName: 'eth0',
          ipv4: '10.7.0.20',
          allocationTimestamp: 1_704_067_200_000_000_000,
          metadata: { k8sPodNamespace: 'shop', k8sPodName: 'web-1', interfacesCount: 1 },
        },
        {
          networkName: 'aws-cni',
          containerID: '0001'.repeat(16),
          ifName: 'eth0',
          ipv4: '10.7.0.21',
          allocationTimestamp: 1_704_067_200_000_000_000,
          metadata: {
            k8sPodNamespace: 'monitoring',
            k8sPodName: 'fluent-bit-x2k9v',
            interfacesCount: 1,
          },
        },
      ],
    });
  });

  it('names addresses of IPv6 as such', () => {
    const pod = { namespace: 'shop', name: 'web-1', address: '2001:db8:1a:10:8abc::1' };
    const files = podFiles({ pods: [pod] } as unknown as Machine);
    const { allocations } = JSON.parse(files['var/run/aws-node/ipam.json'] ?? '') as {
      allocations: object[];
    };
    expect(allocations).toMatchObject([{ ipv6: '2001:db8:1a:10:8abc::1' }]);
    expect(allocations[0]).not.toHaveProperty('ipv4');
  });

  it('is not there where pods cannot be seen', () => {
    expect(podFiles({} as Machine)).toEqual({});
  });
});

describe('the routes of a host', () => {
  it('tell its own addresses from those of its pods', () => {
    expect(routeFiles(host)).toEqual({
      'proc/net/fib_trie': `Main:
  +-- 0.0.0.0/0 3 0 4
        |-- 127.0.0.1
           /32 host LOCAL
        |-- 10.7.0.10
           /32 host LOCAL
        |-- 10.7.0.20
           /32 link UNICAST
        |-- 10.7.0.21
           /32 link UNICAST
`,
    });
  });

  it('are not there where the host has no address', () => {
    expect(routeFiles({} as Machine)).toEqual({});
  });
});

describe('the interfaces of IPv6', () => {
  it('are the address of the host, the one of its link, and the loopback', () => {
    const host6 = { hostAddress6: '2001:db8:1a:10:9abc:9def:9123:9456' } as Machine;
    expect(inet6Files(host6)).toEqual({
      'proc/net/if_inet6': `20010db8001a00109abc9def91239456 02 80 00 80     eth0
fe800000000000009abc9def91239456 02 40 20 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
`,
    });
  });

  it('are not there on a host of IPv4', () => {
    expect(inet6Files(host)).toEqual({});
  });
});
