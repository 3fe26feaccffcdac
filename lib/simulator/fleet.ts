import type { Severity } from '../core/judge/severity.js';
import type { ProxyMode } from '../core/node/fleet.js';
import type { SilentReason } from '../core/node/silent-node.js';
import type { Behaviour } from './behaviours.js';
import type { Machine } from './machine.js';

/** What an audit must say about one node. A node without an expectation is an ordinary healthy one. */
export type Expectation =
  | {
      /** Every rule that must find this node, by its id; no other may. */
      readonly findings: Readonly<Record<string, Severity>>;
      readonly because: string;
    }
  | { readonly silent: SilentReason; readonly because: string }
  /** Looks suspicious and is fine: no rule may find it. */
  | { readonly healthy: true; readonly because: string };

/**
 * What Systems Manager knows about an instance. `refused`: listed as Online, but SendCommand refuses
 * it. `missing`: never registered.
 */
export type Registration = 'online' | 'connection-lost' | 'refused' | 'missing';

/** One EC2 instance of the simulated account. */
export interface SimulatedNode {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly state: 'running' | 'stopped';
  readonly platform: 'linux' | 'windows';
  readonly tags: Readonly<Record<string, string>>;
  /** The service that owns the instance. DescribeInstances hides it unless it is asked for. */
  readonly operator?: 'eks.amazonaws.com';
  /** Seconds that its network interface keeps idle TCP. Absent: none is set, the default of the type holds. */
  readonly tcpEstablishedSeconds?: number;
  readonly registration: Registration;
  readonly behaviour: Behaviour;
  readonly machine: Machine;
  readonly expect?: Expectation;
}

/** One EKS cluster of the simulated account. */
export interface SimulatedCluster {
  readonly name: string;
  /** Kubernetes minor: `1.31`. */
  readonly version: string;
  /** Add-on name -> version with its EKS build: `v1.31.2-eksbuild.3`. */
  readonly addons: Readonly<Record<string, string>>;
  readonly autoMode: boolean;
  /** Its services, of IPv6: `fd4a:9c1e:77d0::/108`. Absent: services and pods have IPv4. */
  readonly serviceIpv6Cidr?: string;
  /** The mode that the kube-proxy add-on is configured with. Absent: nobody configured it. */
  readonly proxyMode?: ProxyMode;
  readonly nodes: readonly SimulatedNode[];
  /** Node group -> its own tags, which its instances do not carry. A group that only stands here has no node. */
  readonly nodeGroupTags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** All that the account holds. */
export interface SimulatedFleet {
  readonly clusters: readonly SimulatedCluster[];
  /** Instances of the account that belong to no cluster. */
  readonly bystanders: readonly SimulatedNode[];
}

/** Every instance of the account. */
export function allInstances(fleet: SimulatedFleet): SimulatedNode[] {
  return [...fleet.clusters.flatMap(({ nodes }) => nodes), ...fleet.bystanders];
}
