import type { Fleet, InstanceShape, Node } from '../../lib/core/node/fleet.js';
import type { NodeFacts, Snapshot } from '../../lib/core/node/snapshot.js';
import { aMakeup } from './a-makeup.js';

const GIB = 1_073_741_824;

export const shape: InstanceShape = {
  instanceType: 'm5.large',
  vcpus: 2,
  memoryMiB: 8_192,
  architecture: 'x86_64',
  hypervisor: 'nitro',
};

const node: Node = {
  instanceId: 'i-0000000000000000a',
  instanceType: 'm5.large',
  cluster: 'example',
  nodeGroup: 'workers',
  nodeGroupKind: 'managed',
  platform: 'linux',
  autoMode: false,
};

const facts: NodeFacts = {
  reading: { entries: 4_096, max: 131_072, buckets: 262_144 },
  table: { entries: 4_096, max: 131_072, buckets: 262_144 },
  hash: { buckets: 262_144, entriesPerBucket: 4_096 / 262_144 },
  counters: { drop: 0, early_drop: 0, insert_failed: 0 },
  timeouts: { tcp_timeout_established: 86_400, udp_timeout: 30 },
  memory: { totalBytes: 7.6 * GIB, availableBytes: 5 * GIB },
  vcpus: 2,
  kernel: '6.1.141-155.222.amzn2023.x86_64',
  os: { id: 'amzn', version: '2023' },
  boot: { id: '0b5e7e31-62a4-4d0f-9b1e-6d5b8a1c2f3d', uptimeSeconds: 864_000 },
  tableFull: { lines: 0 },
  network: { host: true },
  kubeProxy: { version: '1.31.2', source: 'add-on' },
  shape,
  makeup: aMakeup({ listed: 4_096 }),
  churn: { seconds: 2, entries: 12, counters: {} },
  allowance: {
    interfaces: 2,
    exceeded: { bw_in: 0, bw_out: 0, pps: 0, conntrack: 0, linklocal: 0 },
    grown: {},
    available: 120_000,
  },
  allowanceAvailable: 120_000,
  nodeLocalDns: { interface: false },
  entryBytes: 256,
  vpcTracking: { tcpEstablishedSeconds: 432_000, configured: false },
};

/** A node that passes every rule. A test states only what is wrong with it. */
export function aNode(different: NodeFacts = {}, identity: Partial<Node> = {}): Snapshot {
  return { node: { ...node, ...identity }, facts: { ...facts, ...different } };
}

/** The same node with this count and limit, and without a list of entries. */
export function aNodeUsing(entries: number, max: number, identity: Partial<Node> = {}): Snapshot {
  const { facts: counted } = aNodeWithout('makeup', 'entryBytes');
  const table = { entries, max };
  return { node: { ...node, ...identity }, facts: { ...counted, reading: table, table } };
}

/** The same node when the named facts could not be read. */
export function aNodeWithout(...names: (keyof NodeFacts)[]): Snapshot {
  const left = Object.entries(facts).filter(([name]) => !names.includes(name as keyof NodeFacts));
  return { node, facts: Object.fromEntries(left) };
}

/** The fleet that these nodes make, with one cluster for each name. */
export function aFleet(nodes: readonly Node[], shapes: readonly InstanceShape[] = [shape]): Fleet {
  const names = [...new Set(nodes.map(({ cluster }) => cluster))];
  const clusters = names.map((name) => ({ name, version: '1.31', kubeProxyVersion: '1.31.2' }));
  return { region: 'us-east-1', clusters, nodes, shapes };
}
