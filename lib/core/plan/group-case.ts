import type { Finding } from '../judge/finding.js';
import type { Evidence } from '../judge/judge.js';
import type { Report } from '../judge/report.js';
import { rankOf, type Severity } from '../judge/severity.js';
import type { Node } from '../node/fleet.js';
import type { Snapshot } from '../node/snapshot.js';
import { groupBy, groupByParts } from '../text/group-by.js';
import { present } from '../text/present.js';

/** What is wrong with one node group, or with a cluster where the fault is the cluster's: one story. */
export interface GroupCase {
  readonly cluster: string;
  /** `*` where it is the whole cluster. */
  readonly nodeGroup: string;
  /** The worst of its findings. */
  readonly severity: Severity;
  /** Nodes of the group, and those that have a finding. */
  readonly nodes: number;
  readonly affected: number;
  /** The fullest table among the affected nodes that were read. */
  readonly worst?: {
    readonly instanceId: string;
    readonly instanceType: string;
    readonly entries: number;
    readonly max: number;
  };
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Where the limit comes from, said once: of the worst finding that says it. */
  readonly why?: string;
}

/** The findings of a report by node group, the worst case first. Silent nodes are no case: they are told apart. */
export function casesOf(
  evidence: Evidence,
  report: Report,
  silentRule: { readonly id: string },
): GroupCase[] {
  const { fleet, snapshots } = evidence;
  const members = groupBy(fleet.nodes, ({ cluster }) => cluster);
  const read = groupBy(snapshots, ({ node }) => node.cluster);
  const judged = report.findings.filter(({ rule }) => rule !== silentRule.id);
  const groups = groupByParts(judged, ({ cluster, nodeGroup }) => [cluster, nodeGroup]);
  return groups
    .flatMap((findings) => {
      const cluster = findings[0]?.cluster ?? '';
      return caseOf(members.get(cluster) ?? [], read.get(cluster) ?? [], findings);
    })
    .sort((a, b) => rankOf(a.severity) - rankOf(b.severity) || usageOf(b) - usageOf(a));
}

function caseOf(
  ofCluster: readonly Node[],
  read: readonly Snapshot[],
  findings: readonly Finding[],
): GroupCase[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { cluster, nodeGroup } = first;
  const members = ofCluster.filter((node) => nodeGroup === '*' || node.nodeGroup === nodeGroup);
  const ids = new Set(findings.flatMap(({ nodes }) => nodes.map(({ instanceId }) => instanceId)));
  const [worst] = read
    .flatMap(({ node: { instanceId, instanceType }, facts: { table } }) =>
      table !== undefined && ids.has(instanceId)
        ? [{ instanceId, instanceType, entries: table.entries, max: table.max }]
        : [],
    )
    .sort((a, b) => b.entries / b.max - a.entries / a.max);
  const sorted = [...findings].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
  const why = sorted.map((one) => one.why).find((text) => text !== undefined);
  return [
    {
      cluster,
      nodeGroup,
      severity: sorted[0]?.severity ?? first.severity,
      nodes: members.length,
      affected: ids.size,
      findings: sorted,
      ...present({ worst, why }),
    },
  ];
}

function usageOf({ worst }: GroupCase): number {
  return worst === undefined ? 0 : worst.entries / worst.max;
}
