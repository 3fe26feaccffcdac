/** `source` of every event: rules match on it, and the function may send no other. */
export const EVENT_SOURCE = 'conntrack-auditor';

/** Namespace of the metrics in CloudWatch. */
export const METRIC_NAMESPACE = 'ConntrackAuditor';

/**
 * The one dimension of every metric: a metric costs once per cluster, and one for each node would cost
 * thousands of dollars a month at 10,000 nodes.
 */
export const CLUSTER_DIMENSION = 'Cluster';

/** The metrics of one audit of a cluster, with their units. Figures over nodes are statistics of them. */
export const metricUnits = {
  /** One value for each node whose table was read; 100 is a full table. */
  Usage: 'Percent',
  /** One value for each node that was discovered, out of `conditions`. */
  Condition: 'None',
  /** Flows refused since the last audit, on all nodes with a known number. Absent if there are none. */
  Drops: 'Count',
} as const;

export type MetricName = keyof typeof metricUnits;

/** Values of `Condition`: the worst finding of a node, or that it could not be read. The worse the higher. */
export const conditions = { fine: 0, notice: 1, warning: 2, critical: 3, silent: 4 } as const;

export type Condition = keyof typeof conditions;

/**
 * Channels and keepers that did not take everything in one audit. It is of the function and not of a cluster, so that
 * each auditor has its own alarm. Not written while all is well, so that it costs nothing then.
 */
export const FAILED_CHANNELS = { metric: 'FailedChannels', dimension: 'Function' } as const;
