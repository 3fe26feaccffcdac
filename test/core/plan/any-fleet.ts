import * as fc from 'fast-check';
import type { Evidence } from '../../../lib/core/judge/judge.js';
import { limitUnder } from '../../../lib/core/artefacts/scope.js';
import type { InstanceShape } from '../../../lib/core/node/fleet.js';
import type { NodeFacts, Snapshot } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, shape } from '../../support/a-node.js';

const GIB = 1_073_741_824;

export const shapes: readonly InstanceShape[] = [
  shape,
  { ...shape, instanceType: 'm5.xlarge', vcpus: 4, memoryMiB: 16_384 },
  { ...shape, instanceType: 'm5.4xlarge', vcpus: 16, memoryMiB: 65_536 },
  { ...shape, instanceType: 'c5.large', vcpus: 2, memoryMiB: 4_096 },
];

const makeup = fc
  .record({
    dns: fc.integer({ min: 0, max: 700 }),
    waiting: fc.integer({ min: 0, max: 250 }),
    whole: fc.boolean(),
  })
  .map(({ dns, waiting, whole }) =>
    aMakeup({
      whole,
      dns: { udp: dns, tcp: 0, unreplied: 0 },
      tcpStates: { ESTABLISHED: 1_000 - dns - waiting, CLOSE_WAIT: waiting },
    }),
  );

const limits = fc.constantFrom('as set', 'by hand', 'lowered');

const anyNode = fc.record({
  shape: fc.constantFrom(...shapes),
  usage: fc.double({ min: 0.01, max: 1.1, noNaN: true }),
  limit: limits,
  buckets: fc.constantFrom(4_096, 262_144, 262_144),
  makeup: fc.option(makeup, { nil: undefined }),
  timeouts: fc.constantFrom(30, 10),
  drops: fc.constantFrom(0, 0, 7),
  lines: fc.constantFrom(0, 0, 3),
});

const anyGroup = fc.record({
  name: fc.constantFrom('web', 'batch', 'edge'),
  nodes: fc.array(anyNode, { minLength: 1, maxLength: 3 }),
});

const anyCluster = fc.record({
  version: fc.constantFrom('1.27.3', '1.31.2', '1.36.2'),
  min: fc.constantFrom(131_072, 262_144),
  maxPerCore: fc.constantFrom(32_768, 32_768, 0),
  groups: fc.array(anyGroup, { minLength: 1, maxLength: 3 }),
});

type AnyNode = typeof anyNode extends fc.Arbitrary<infer T> ? T : never;
type AnyCluster = typeof anyCluster extends fc.Arbitrary<infer T> ? T : never;

/** A few nodes of one or two clusters, of several types, settings and loads. */
export const anyFleet: fc.Arbitrary<Evidence> = fc
  .array(anyCluster, { minLength: 1, maxLength: 2 })
  .map((clusters) => {
    const snapshots = clusters.flatMap((one, at) => snapshotsOf(one, `cluster-${at}`));
    return {
      runId: 'run-1',
      startedAt: '2026-11-27T08:00:00Z',
      fleet: {
        region: 'us-east-1',
        clusters: clusters.map(({ version }, at) => ({
          name: `cluster-${at}`,
          kubeProxyVersion: version,
        })),
        nodes: snapshots.map(({ node }) => node),
        shapes,
      },
      snapshots,
      silent: [],
    };
  });

function snapshotsOf(cluster: AnyCluster, name: string): Snapshot[] {
  const nodes = cluster.groups.flatMap((group) => group.nodes.map((node) => ({ node, group })));
  return nodes.map(({ node, group }, at) =>
    aNode(factsOf(node, cluster), {
      instanceId: `i-${name}-${at}`,
      instanceType: node.shape.instanceType,
      cluster: name,
      nodeGroup: group.name,
    }),
  );
}

function factsOf(node: AnyNode, { version, min, maxPerCore }: AnyCluster): NodeFacts {
  const { vcpus, memoryMiB } = node.shape;
  const scope = { instanceId: '', nodeGroup: '', vcpus, kubeProxy: version };
  const set = limitUnder(scope, { min, maxPerCore }) ?? 131_072;
  const max = node.limit === 'as set' ? set : node.limit === 'by hand' ? set * 2 : set / 2;
  const entries = Math.round(max * node.usage);
  const table = { entries, max };
  return {
    reading: table,
    table,
    hash: { buckets: node.buckets, entriesPerBucket: entries / node.buckets },
    shape: node.shape,
    vcpus,
    memory: { totalBytes: Math.round((memoryMiB / 1_024) * 0.95 * GIB) },
    kubeProxy: { version, source: 'node', min, maxPerCore },
    kubeProxyConfig: { min, maxPerCore },
    kubeProxyConfigState: 'known',
    timeouts: {
      tcp_timeout_close_wait: 3_600,
      tcp_timeout_established: 86_400,
      udp_timeout: node.timeouts,
    },
    growth: { seconds: 3_600, counters: { drop: node.drops, insert_failed: 0 }, exceeded: {} },
    tableFull: node.lines === 0 ? { lines: 0 } : { lines: node.lines, named: 1, secondsAgo: 60 },
    ...(node.makeup && { makeup: node.makeup }),
  };
}
