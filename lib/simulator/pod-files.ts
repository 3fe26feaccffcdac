import type { Machine, Pod } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/** When they got their addresses, in nanoseconds: a whole second, which JavaScript can count exactly. */
const ALLOCATED = 1_704_067_200_000_000_000;

/**
 * The file in which the VPC CNI keeps which pod has which address.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/pkg/ipamd/datastore/data_store.go
 */
export function podFiles({ pods }: Machine): TreeFiles {
  if (pods === undefined) return {};
  const checkpoint = { version: 'vpc-cni-ipam/1', allocations: pods.map(allocation) };
  return { 'var/run/aws-node/ipam.json': JSON.stringify(checkpoint) };
}

function allocation({ namespace, name, address }: Pod, index: number): object {
  return {
    networkName: 'aws-cni',
    containerID: index.toString(16).padStart(4, '0').repeat(16),
    ifName: 'eth0',
    ...(address.includes(':') ? { ipv6: address } : { ipv4: address }),
    allocationTimestamp: ALLOCATED,
    metadata: { k8sPodNamespace: namespace, k8sPodName: name, interfacesCount: 1 },
  };
}

/** The interfaces of a host that have addresses of IPv6, with their scopes, as the kernel writes them. */
export function inet6Files({ hostAddress6 }: Machine): TreeFiles {
  if (hostAddress6 === undefined) return {};
  const groups = hostAddress6.split(':').map((group) => group.padStart(4, '0'));
  const lines = [
    `${groups.join('')} 02 80 00 80     eth0`,
    `fe80${'0'.repeat(12)}${groups.slice(4).join('')} 02 40 20 80     eth0`,
    `${'1'.padStart(32, '0')} 01 80 10 80       lo`,
  ];
  return { 'proc/net/if_inet6': lines.map((line) => `${line}\n`).join('') };
}

function isInet4({ address }: Pod): boolean {
  return !address.includes(':');
}

/**
 * The routes that the kernel keeps for IPv4: the addresses of the host are LOCAL, those of its pods are
 * a link away.
 */
export function routeFiles({ hostAddress, pods = [] }: Machine): TreeFiles {
  if (hostAddress === undefined) return {};
  const routes = [
    ['127.0.0.1', 'host LOCAL'],
    [hostAddress, 'host LOCAL'],
    ...pods.filter(isInet4).map(({ address }) => [address, 'link UNICAST']),
  ];
  const leaves = routes.map(
    ([address = '', kind = '']) => `        |-- ${address}\n           /32 ${kind}\n`,
  );
  return { 'proc/net/fib_trie': `Main:\n  +-- 0.0.0.0/0 3 0 4\n${leaves.join('')}` };
}
