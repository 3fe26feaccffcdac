import { refusedForRoom } from '../measure/drop-causes.js';
import { type Severity, isWorse } from '../judge/severity.js';
import type { Node } from '../node/fleet.js';
import { grownBy } from '../measure/counter-growth.js';
import type { Evidence } from '../judge/judge.js';
import { expectedNodeLimit } from '../limit/node-limit.js';
import { present } from '../text/present.js';
import type { Report } from '../judge/report.js';
import type { NodeFacts } from '../node/snapshot.js';

/** One node in one audit, as history keeps it: one line of NDJSON, in the names of its columns. */
export interface NodeRecord {
  readonly cluster: string;
  readonly node_group: string;
  readonly instance_id: string;
  readonly instance_type: string;
  /** Absent, like the next ones, if the node was silent or its table could not be read. */
  readonly entries?: number;
  readonly max?: number;
  /** What the limit model expects; absent if it does not know. */
  readonly expected_max?: number;
  /** Packets of new flows refused since the last audit; absent if unknown. */
  readonly drops?: number;
  /** Entries evicted to make room since the last audit; absent if unknown. */
  readonly early_drops?: number;
  /** Why it could not be read. */
  readonly silent?: string;
  /** The worst finding about it. */
  readonly severity?: Severity;
}

/** What one audit leaves for graphs and questions. */
export interface AuditRecord {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly region: string;
  /** The audited ones. */
  readonly clusters: readonly string[];
  readonly nodes: readonly NodeRecord[];
}

/**
 * What one audit leaves: one record of each discovered node. `evidence` is the judged evidence, with what
 * the last audit knew.
 */
export function recordOf(evidence: Evidence, report: Report): AuditRecord {
  const { runId, startedAt, fleet, snapshots, silent } = evidence;
  const factsOf = new Map(snapshots.map(({ node, facts }) => [node.instanceId, facts]));
  const reasonOf = new Map(silent.map(({ instanceId, reason }) => [instanceId, reason]));
  const severityOf = worstSeverities(report);
  const nodes = fleet.nodes.map((node) => {
    const { instanceId } = node;
    return {
      ...identity(node),
      ...measured(factsOf.get(instanceId) ?? {}),
      ...present({ silent: reasonOf.get(instanceId), severity: severityOf.get(instanceId) }),
    };
  });
  return { runId, startedAt, region: fleet.region, clusters: report.clusters, nodes };
}

function identity({ cluster, nodeGroup, instanceId, instanceType }: Node) {
  return {
    cluster,
    node_group: nodeGroup,
    instance_id: instanceId,
    instance_type: instanceType,
  };
}

function measured(facts: NodeFacts) {
  const { table } = facts;
  return present({
    entries: table?.entries,
    max: table?.max,
    expected_max: expectedNodeLimit(facts),
    drops: grownBy(facts, 'drop', refusedForRoom).between,
    early_drops: grownBy(facts, 'early_drop').between,
  });
}

/** The worst severity of each node itself, not of its node group. */
function worstSeverities({ findings }: Report): Map<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { instanceId, severity } of findings.flatMap(({ nodes }) => nodes)) {
    const known = worst.get(instanceId);
    if (known === undefined || isWorse(severity, known)) {
      worst.set(instanceId, severity);
    }
  }
  return worst;
}
