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
    ipv4: address,
    allocationTimestamp: ALLOCATED,
    metadata: { k8sPodNamespace: namespace, k8sPodName: name, interfacesCount: 1 },
  };
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
    ...pods.map(({ address }) => [address, 'link UNICAST']),
  ];
  const leaves = routes.map(
    ([address = '', kind = '']) => `        |-- ${address}\n           /32 ${kind}\n`,
  );
  return { 'proc/net/fib_trie': `Main:\n  +-- 0.0.0.0/0 3 0 4\n${leaves.join('')}` };
}
