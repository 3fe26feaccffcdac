import type { PartRecord } from './part.js';

/** Hours of a month, as AWS prices them. */
const HOURS = 730;

/**
 * What the cost sheet comes to, in USD: each audit, each node of it, and the metrics of a cluster in a month in which
 * every hour has an audit. A test holds them to the sheet.
 */
const USD = { audit: 0.000225, node: 0.00000066, cluster: 0.6 } as const;

/** USD a month that an auditor comes to, with metrics, by list prices. Nothing where nobody knows how often it audits. */
export function usdAMonth({
  nodes,
  clusters,
  cadenceSeconds,
}: Pick<PartRecord, 'nodes' | 'clusters' | 'cadenceSeconds'>): number {
  if (cadenceSeconds === undefined || cadenceSeconds <= 0) return 0;
  const audits = (HOURS * 3_600) / cadenceSeconds;
  const metrics = clusters * USD.cluster * Math.min(1, audits / HOURS);
  return audits * (USD.audit + USD.node * nodes.discovered) + metrics;
}
