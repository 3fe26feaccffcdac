import { severities } from '../judge/severity.js';
import type { Snapshot } from '../node/snapshot.js';
import { groupBy } from '../text/group-by.js';
import { oneLine } from '../text/printable.js';
import { findingsOfRead, type Judged } from './judged.js';
import { printedRows, type Printed } from './lines.js';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Text for the textfile collector of a node exporter, or a Pushgateway: per cluster and per node group, never per
 * instance, whose names come and go.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function prometheusReport(judged: Judged): Printed {
  const metrics = [...ofTheAudit(judged), ...ofGroups(judged)];
  return printedRows(metrics.flatMap(metricLines));
}

function ofTheAudit({ report, evidence, plan }: Judged): Metric[] {
  const { clusters, silent, startedAt, region } = report;
  const read = findingsOfRead(report);
  const perCluster = (value: (cluster: string) => number) =>
    clusters.map((cluster) => ({ labels: { cluster }, value: value(cluster) }));
  const snapshots = groupBy(evidence.snapshots, ({ node }) => node.cluster);
  const unread = groupBy(silent, ({ cluster }) => cluster);
  return [
    {
      name: 'conntrack_audit_start_timestamp_seconds',
      help: 'When the audit began, in seconds since 1970.',
      samples: [{ labels: { region }, value: Date.parse(startedAt) / 1_000 }],
    },
    {
      name: 'conntrack_audit_findings',
      help: 'Findings about nodes that were read, by severity.',
      samples: clusters.flatMap((cluster) =>
        severities.map((severity) => ({
          labels: { cluster, severity },
          value: read.filter((one) => one.cluster === cluster && one.severity === severity).length,
        })),
      ),
    },
    {
      name: 'conntrack_audit_nodes_read',
      help: 'Nodes that were read.',
      samples: perCluster((cluster) => snapshots.get(cluster)?.length ?? 0),
    },
    {
      name: 'conntrack_audit_nodes_silent',
      help: 'Nodes that could not be read, and are not known to be well.',
      samples: perCluster((cluster) => unread.get(cluster)?.length ?? 0),
    },
    {
      name: 'conntrack_audit_plan_actions',
      help: 'Actions that settle what can be settled.',
      samples: perCluster(
        (cluster) => plan.actions.filter(({ scope }) => scope.cluster === cluster).length,
      ),
    },
    {
      name: 'conntrack_audit_gaps',
      help: 'What a service would not tell the audit.',
      samples: [{ labels: { region }, value: report.gaps?.length ?? 0 }],
    },
  ];
}

/** The fullest table of each node group. */
function ofGroups({ evidence, report }: Judged): Metric[] {
  const shown = evidence.snapshots.filter(({ node }) => report.clusters.includes(node.cluster));
  const groups = groupBy(shown, ({ node }) => JSON.stringify([node.cluster, node.nodeGroup]));
  const fullest = [...groups.values()].flatMap(fullestOf);
  const samples = (value: (one: Fullest) => number) =>
    fullest.map((one) => ({ labels: one.labels, value: value(one) }));
  return [
    {
      name: 'conntrack_table_usage_ratio',
      help: 'Share of the limit that is in use, 0 to 1, of the fullest table of the node group.',
      samples: samples(({ entries, max }) => entries / max),
    },
    {
      name: 'conntrack_table_entries',
      help: 'Entries of that table.',
      samples: samples(({ entries }) => entries),
    },
    {
      name: 'conntrack_table_limit_entries',
      help: 'Limit of that table, nf_conntrack_max.',
      samples: samples(({ max }) => max),
    },
  ];
}

interface Fullest {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: number;
  readonly max: number;
}

function fullestOf(group: readonly Snapshot[]): Fullest[] {
  const tables = group.flatMap(({ node, facts: { table } }) =>
    table === undefined
      ? []
      : [
          {
            labels: { cluster: node.cluster, node_group: node.nodeGroup },
            entries: table.entries,
            max: table.max,
          },
        ],
  );
  return tables.sort((a, b) => b.entries / b.max - a.entries / a.max).slice(0, 1);
}

function metricLines({ name, help, samples }: Metric): string[] {
  if (samples.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${numberText(value)}`),
  ];
}

function labelsText(labels: Sample['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${labelValue(value)}"`)
    .join(',');
}

function labelValue(text: string): string {
  return oneLine(text).replace(/[\\"]/g, (one) => `\\${one}`);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
