import type { ArtefactContext } from '../core/artefacts/artefact.js';
import { renderable } from '../core/artefacts/index.js';
import { scopeOf } from '../core/artefacts/scope-of.js';
import type { ScopeNode } from '../core/artefacts/scope.js';
import type { Assessment, Finding } from '../core/judge/finding.js';
import type { Evidence } from '../core/judge/judge.js';
import type { JudgedRun } from '../core/run/judged-run.js';
import { nodeOsOf } from '../core/limit/node-inputs.js';
import { afterShrinkingUpgrade } from '../core/limit/node-limit.js';
import type { Cluster, ProxyMode } from '../core/node/fleet.js';
import type { NodeFacts } from '../core/node/snapshot.js';
import { present } from '../core/text/present.js';

/** A remedy that comes as files, and as what it was weighed where a finding asks for it. */
export interface WantedRemedy {
  readonly id: string;
  readonly weighed?: Assessment;
}

/** The remedies that are wanted, best first, and what the run says to fill them in with. */
export interface Wanted {
  readonly remedies: readonly WantedRemedy[];
  readonly context: Partial<ArtefactContext>;
}

/**
 * Looks a finding up in a saved run: `table-pressure`, or `table-pressure/cluster/node group` where
 * there are several. The worst one is taken. Fails when the run has none, and names those it has.
 */
export function wantedByFinding({ evidence, report }: JudgedRun, name: string): Wanted {
  const { findings } = report;
  const finding = findings.find((one) => one.rule === name || fullName(one) === name);
  if (finding === undefined) {
    const names = findings.map(fullName).join(', ');
    throw new Error(`the run has no finding '${name}'; it has: ${names || 'none'}`);
  }
  const helpful = finding.remedies.filter(({ helps }) => helps !== false);
  if (helpful.length === 0) {
    throw new Error(
      `no remedy of '${fullName(finding)}' is known to help: explain ${finding.rule} says more`,
    );
  }
  return {
    remedies: chosen(helpful).map((weighed) => ({ id: weighed.id, weighed })),
    context: contextOf(evidence, finding),
  };
}

/**
 * The best alone where it is known to help and comes as files. Where it comes as steps, what else is known
 * to help is beside it; where nothing is known, all that may.
 */
function chosen([best, ...others]: readonly Assessment[]): Assessment[] {
  if (best === undefined) return [];
  if (best.helps !== true) return [best, ...others];
  if (renderable.includes(best.id)) return [best];
  return [best, ...others.filter(({ helps, id }) => helps === true && renderable.includes(id))];
}

/** What a saved run says of one cluster; the only one, where none is named. */
export function contextOfCluster(
  evidence: Evidence,
  name: string | undefined,
): Partial<ArtefactContext> {
  const { fleet } = evidence;
  const cluster = fleet.clusters.find((one) => name === undefined || one.name === name);
  if (cluster === undefined) {
    const names = fleet.clusters.map((one) => one.name).join(', ');
    throw new Error(`the run has no cluster '${name ?? ''}'; it has: ${names || 'none'}`);
  }
  const { dnsAddress } = cluster;
  const proxyMode = modeOf(evidence, cluster);
  const { region } = fleet;
  const nodes = scopeOf(evidence, cluster.name);
  return present({ cluster: cluster.name, region, nodes, dnsAddress, proxyMode });
}

function contextOf(evidence: Evidence, finding: Finding): Partial<ArtefactContext> {
  const worst = finding.nodes[0]?.instanceId;
  const facts = evidence.snapshots.find(({ node }) => node.instanceId === worst)?.facts ?? {};
  const { nodes = [], ...cluster } = contextOfCluster(evidence, finding.cluster);
  const os = facts.os && nodeOsOf(facts.os);
  const member = evidence.fleet.nodes.find(
    (node) => node.cluster === finding.cluster && node.nodeGroup === finding.nodeGroup,
  );
  const nodeGroup = member && { name: member.nodeGroup, kind: member.nodeGroupKind };
  return { ...cluster, nodes: judgedBy(nodes, finding, facts), ...present({ os, nodeGroup }) };
}

/** What has to last beyond an upgrade is weighed by the kube-proxy that comes with it. */
function judgedBy(nodes: readonly ScopeNode[], { rule }: Finding, facts: NodeFacts) {
  const version = afterShrinkingUpgrade(facts).kubeProxy?.version;
  if (rule !== 'limit-shrinks-on-upgrade' || version === undefined) return nodes;
  return nodes.map((node) => (node.kubeProxy === 'none' ? node : { ...node, kubeProxy: version }));
}

/** What a remedy was promised to do: the limit, and the timeouts of the command that it begins with. */
export function promisedBy({ weighed }: WantedRemedy): Partial<ArtefactContext> {
  const set = weighed?.steps.find((step) => step.includes('sysctl -w')) ?? '';
  const timeouts = [...set.matchAll(/nf_conntrack_(\w*timeout\w*)=(\d+)/g)].map(
    ([, name = '', seconds]) => [name, Number(seconds)] as const,
  );
  return present({
    limit: weighed?.predicted.limit,
    timeouts: timeouts.length > 0 ? Object.fromEntries(timeouts) : undefined,
  });
}

function fullName({ rule, cluster, nodeGroup }: Finding): string {
  return [rule, cluster, nodeGroup].join('/');
}

/** The mode that the nodes of a cluster agree on; the add-on's where none tells. */
function modeOf({ snapshots }: Evidence, { name, proxyMode }: Cluster): ProxyMode | undefined {
  const told = snapshots
    .filter(({ node }) => node.cluster === name)
    .flatMap(({ facts }) => facts.proxyMode ?? []);
  const [mode, ...others] = new Set(told);
  return others.length === 0 ? (mode ?? proxyMode) : undefined;
}
