import type { NodeRecord } from './audit-record.js';

/** Which node a record is about. */
export type NodeIdentity = Pick<
  NodeRecord,
  'cluster' | 'node_group' | 'instance_id' | 'instance_type'
> &
  AuditedPlace;

/** The account and Region of an audit, as the partition of its file has them. Absent: it lies in none. */
export interface AuditedPlace {
  readonly account?: string;
  readonly region?: string;
}

/** The node in one audit. */
export type NodeReading = Omit<NodeRecord, keyof NodeIdentity>;

/** A name for the cluster of one account and Region: others may call theirs the same. */
export function clusterKey({ account = '', region = '', cluster }: GroupNames): string {
  return `${account} ${region} ${cluster}`;
}

/** A question to history. It takes one record after the other and keeps only what it needs. */
export interface Question<A> {
  /**
   * Takes one record; records of one node come in the order of time.
   *
   * @param at ISO 8601, UTC: when the audit began.
   */
  take(node: NodeIdentity, reading: NodeReading, at: string): void;
  answer(): A;
}

/** Share 0..1 of the table in use; nothing if the table was not read. */
export function usageOf({ entries, max }: NodeReading): number | undefined {
  return entries === undefined || max === undefined ? undefined : entries / max;
}

/** Orders answers that are equal otherwise, so that the same history gives the same answer. */
export function byGroup(a: GroupNames, b: GroupNames): number {
  return byText(clusterKey(a), clusterKey(b)) || byText(a.node_group, b.node_group);
}

type GroupNames = Pick<NodeIdentity, 'cluster' | 'node_group'> & AuditedPlace;

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
