/** `source` of every event: what rules match on, and the only one that the function may send. */
export const EVENT_SOURCE = 'conntrack-auditor';

/** Namespace of the metrics in CloudWatch. */
export const METRIC_NAMESPACE = 'ConntrackAuditor';

/**
 * The only dimension of every metric, and all have it: each metric costs by the cluster, and one for
 * each node would cost thousands of dollars a month at 10,000 nodes.
 */
export const CLUSTER_DIMENSION = 'Cluster';

/** The metrics of one audit of a cluster, with their units. Figures over nodes are statistics of them. */
export const metricUnits = {
  /** One value for each node whose table was read; 100 is a full table. */
  Usage: 'Percent',
  /** One value for each node that was discovered, out of `conditions`. */
  Condition: 'None',
  /** Flows refused since the last audit, on all nodes of which that is known. Absent where of none. */
  Drops: 'Count',
} as const;

export type MetricName = keyof typeof metricUnits;

/** What `Condition` says of a node: its worst finding, unless it could not be read. The worse the higher. */
export const conditions = { fine: 0, notice: 1, warning: 2, critical: 3, silent: 4 } as const;

export type Condition = keyof typeof conditions;
