import type { ArtefactContext } from '../core/artefacts/artefact.js';
import { renderable } from '../core/artefacts/index.js';
import type { Finding } from '../core/judge/finding.js';
import type { Evidence } from '../core/judge/judge.js';
import type { JudgedRun } from '../core/run/judged-run.js';
import { nodeOsOf } from '../core/limit/node-inputs.js';
import { present } from '../core/text/present.js';

/** The remedies of one finding that come as files, and what the run says to fill them in with. */
export interface Wanted {
  readonly remedies: readonly string[];
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
  const helpful = finding.remedies.filter(
    ({ helps, id }) => helps !== false && renderable.includes(id),
  );
  const [best, ...others] = helpful;
  if (best === undefined) {
    throw new Error(
      `no remedy of '${fullName(finding)}' comes as files: explain ${finding.rule} says more`,
    );
  }
  const alone = best.helps === true ? [best] : [best, ...others];
  return {
    remedies: alone.map(({ id }) => id),
    context: contextOf(evidence, finding, best.predicted.limit),
  };
}

/** What a saved run says of one cluster; the only one, where none is named. */
export function contextOfCluster(
  { fleet }: Evidence,
  name: string | undefined,
): Partial<ArtefactContext> {
  const cluster = fleet.clusters.find((one) => name === undefined || one.name === name);
  if (cluster === undefined) {
    const names = fleet.clusters.map((one) => one.name).join(', ');
    throw new Error(`the run has no cluster '${name ?? ''}'; it has: ${names || 'none'}`);
  }
  const { dnsAddress, proxyMode } = cluster;
  return present({ cluster: cluster.name, dnsAddress, proxyMode });
}

function contextOf(
  evidence: Evidence,
  { cluster, nodes }: Finding,
  limit: number | undefined,
): Partial<ArtefactContext> {
  const worst = nodes[0]?.instanceId;
  const snapshot = evidence.snapshots.find(({ node }) => node.instanceId === worst);
  const os = snapshot?.facts.os && nodeOsOf(snapshot.facts.os);
  return { ...contextOfCluster(evidence, cluster), ...present({ limit, os }) };
}

function fullName({ rule, cluster, nodeGroup }: Finding): string {
  return [rule, cluster, nodeGroup].join('/');
}
