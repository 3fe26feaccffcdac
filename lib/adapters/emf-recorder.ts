import type { AuditRecord, NodeRecord } from '../core/history/audit-record.js';
import { batches } from '../core/run/batches.js';
import type { Recorder } from '../core/run/ports.js';
import {
  CLUSTER_DIMENSION,
  type Condition,
  conditions,
  METRIC_NAMESPACE,
  type MetricName,
  metricUnits,
} from '../core/history/published-names.js';

/** One metric may have no more values in one document. */
const VALUES_LIMIT = 100;

type Values = Readonly<Record<MetricName, readonly number[]>>;

/** Takes one line of a log, without its end. */
export type LineWriter = (line: string) => void;

/**
 * Writes metrics as lines of the log, from which CloudWatch takes them: one line for every 100 nodes
 * of a cluster, all with the time of the audit, so that their values become one distribution.
 *
 * CloudWatch bills a metric for the hours that have a value, so good news is not written: no condition
 * of a cluster if every node is fine, and no drops if there were none.
 *
 * A line must reach the log as it is. `console.log` of a Lambda function puts a time in front of it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class EmfRecorder implements Recorder {
  constructor(private readonly write: LineWriter) {}

  record(record: AuditRecord): Promise<void> {
    for (const cluster of record.clusters) {
      const nodes = record.nodes.filter((node) => node.cluster === cluster);
      const isFine = nodes.every((node) => conditionOf(node) === conditions.fine);
      batches(nodes, VALUES_LIMIT).forEach((some, at) => {
        const values = {
          Usage: some.flatMap(usageOf),
          Condition: isFine ? [] : some.map(conditionOf),
          // One value for the cluster, whatever its number of lines.
          Drops: at === 0 ? dropsOf(nodes) : [],
        };
        if (namesOf(values).length > 0) this.write(lineOf(record, cluster, values));
      });
    }
    return Promise.resolve();
  }
}

function namesOf(all: Values): MetricName[] {
  return (Object.keys(metricUnits) as MetricName[]).filter((name) => all[name].length > 0);
}

/** The line does not name a metric without values either. */
function lineOf({ runId, region, startedAt }: AuditRecord, cluster: string, all: Values): string {
  const names = namesOf(all);
  return JSON.stringify({
    _aws: {
      Timestamp: Date.parse(startedAt),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [[CLUSTER_DIMENSION]],
          Metrics: names.map((name) => ({ Name: name, Unit: metricUnits[name] })),
        },
      ],
    },
    [CLUSTER_DIMENSION]: cluster,
    ...Object.fromEntries(names.map((name) => [name, all[name]])),
    runId,
    region,
  });
}

/**
 * Percent of the table in use, nothing if it was not read. Above 100 while a lowered limit drains.
 * Hundredths are a house choice: they keep the line short.
 */
function usageOf({ entries, max }: NodeRecord): number[] {
  return entries === undefined || max === undefined
    ? []
    : [Math.round((10_000 * entries) / max) / 100];
}

function conditionOf({ silent, severity }: NodeRecord): number {
  const condition: Condition = silent === undefined ? (severity ?? 'fine') : 'silent';
  return conditions[condition];
}

function dropsOf(nodes: readonly NodeRecord[]): number[] {
  const sum = nodes.reduce((total, { drops = 0 }) => total + drops, 0);
  return sum === 0 ? [] : [sum];
}
