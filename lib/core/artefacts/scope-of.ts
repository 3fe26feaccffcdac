import type { Evidence } from '../judge/judge.js';
import { expectedLimit } from '../limit/expected-limit.js';
import { limitInputsOf, nodeOsOf } from '../limit/node-inputs.js';
import type { InstanceShape, Node } from '../node/fleet.js';
import { shapesByType } from '../node/shapes-by-type.js';
import type { KubeProxyConfig, NodeFacts } from '../node/snapshot.js';
import { present } from '../text/present.js';
import type { ScopeNode } from './scope.js';

const MIB = 1_048_576;

/**
 * Every node of a cluster that a file for the cluster reaches, the silent ones by what EC2 says of their
 * type. Not Windows, nor EKS Auto Mode, whose kube-proxy reads another configuration.
 */
export function scopeOf({ fleet, snapshots }: Evidence, cluster: string): ScopeNode[] {
  const factsOf = new Map(snapshots.map(({ node, facts }) => [node.instanceId, facts]));
  const version = fleet.clusters.find(({ name }) => name === cluster)?.kubeProxyVersion;
  const nodes = fleet.nodes.filter(
    (node) => node.cluster === cluster && node.platform === 'linux' && !node.autoMode,
  );
  const read = nodes.map(({ instanceId }) => configOf(factsOf.get(instanceId))).find(Boolean);
  const shapes = shapesByType(fleet.shapes);
  return nodes.map((node) => {
    const shape = shapes.get(node.instanceType);
    const facts = withShape(factsOf.get(node.instanceId), shape);
    return scopeNode(node, facts, version, configOf(facts) ?? read);
  });
}

function withShape(facts: NodeFacts = {}, shape: InstanceShape | undefined): NodeFacts {
  return shape === undefined || facts.shape !== undefined ? facts : { ...facts, shape };
}

/** The configuration that was read on a node; nothing where it was not seen. */
function configOf(facts: NodeFacts | undefined): KubeProxyConfig | undefined {
  const maxPerCore = configured(facts, 'maxPerCore');
  const min = configured(facts, 'min');
  if (maxPerCore === undefined && min === undefined) return undefined;
  return present({ maxPerCore, min });
}

function configured(facts: NodeFacts | undefined, name: 'maxPerCore' | 'min'): number | undefined {
  return facts?.kubeProxy?.[name] ?? facts?.kubeProxyConfig?.[name];
}

function scopeNode(
  { instanceId, nodeGroup }: Node,
  facts: NodeFacts,
  version: string | undefined,
  config: KubeProxyConfig = {},
): ScopeNode {
  const { os, table, kernel, entryBytes, kubeProxy } = facts;
  const { maxPerCore, min } = config;
  const inputs = limitInputsOf(facts);
  return {
    instanceId,
    nodeGroup,
    os: os && nodeOsOf(os),
    vcpus: facts.vcpus ?? facts.shape?.vcpus,
    memoryBytes: memoryOf(facts),
    kernel,
    entryBytes,
    limit: table?.max,
    kubeProxy: kubeProxy?.version ?? version,
    maxPerCore,
    min,
    bootLimit: inputs && expectedLimit(inputs).boots,
  };
}

function memoryOf({ shape, memory }: NodeFacts): number | undefined {
  return memory?.totalBytes ?? (shape && shape.memoryMiB * MIB);
}
