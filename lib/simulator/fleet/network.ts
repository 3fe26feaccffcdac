import type { Pod } from '../machine.js';
import { digits } from './digits.js';
import type { ClusterPlan, GroupPlan } from './plan.js';

/** Pods of the group's own workload. */
const WORKLOAD_PODS = 4;

/** Letters and digits of generated names; Kubernetes leaves out those that could spell a word. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** The addresses of one host and of its pods. */
interface Network {
  readonly hostAddress: string;
  readonly hostAddress6?: string;
  readonly pods: readonly Pod[];
}

/**
 * Addresses of one node: the host's and those of its pods, all in one /24 of 10.0.0.0/8 above 10.0. Where
 * pods have IPv6, the host has both, and its pods are in a /80 of its own.
 */
export function ordinaryNetwork(cluster: ClusterPlan, group: GroupPlan, index: number): Network {
  const name = `addresses of ${cluster.name}/${group.name}/${index}`;
  const [second = 0, third = 0] = [0, 2].map((at) =>
    parseInt(digits(name, 4).slice(at, at + 2), 16),
  );
  const prefix = `10.${1 + (second % 255)}.${third}`;
  const replicaSet = suffix(`${cluster.name}/${group.name}`, 9);
  const pods = [
    ...Array.from({ length: WORKLOAD_PODS }, (_, pod) => ({
      namespace: cluster.name,
      name: `${group.name}-${replicaSet}-${suffix(`${name}/${pod}`, 5)}`,
    })),
    { namespace: 'monitoring', name: `fluent-bit-${suffix(name, 5)}` },
  ];
  const hostAddress = `${prefix}.10`;
  if (cluster.ipv6 !== true) return { hostAddress, pods: addressed(pods, `${prefix}.`, 20) };
  const prefix6 = `2001:db8:1a:1${digits(name, 1)}`;
  const [pool, ...own] = digits(name, 15).match(/.../g) ?? [];
  return {
    hostAddress,
    hostAddress6: [prefix6, ...own.map((group) => `9${group}`)].join(':'),
    pods: addressed(pods, `${prefix6}:8${pool ?? ''}::`, 1),
  };
}

function addressed(pods: readonly Omit<Pod, 'address'>[], prefix: string, first: number): Pod[] {
  return pods.map((pod, order) => ({ ...pod, address: `${prefix}${first + order}` }));
}

/** The end of a name that Kubernetes made up: the same for the same thing. */
export function suffix(of: string, length: number): string {
  const bytes = digits(`name of ${of}`, 2 * length).match(/../g) ?? [];
  return bytes.map((byte) => ALPHABET[parseInt(byte, 16) % ALPHABET.length]).join('');
}
