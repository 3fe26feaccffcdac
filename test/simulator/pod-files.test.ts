import { describe, expect, it } from 'vitest';
import type { Machine } from '../../lib/simulator/machine.js';
import { podFiles, routeFiles } from '../../lib/simulator/pod-files.js';

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
