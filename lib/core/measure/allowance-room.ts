import type { NodeFacts } from '../node/snapshot.js';

/** Shares of what EC2 could track, below which its allowance is near its end. House choices. */
export const LOW_ROOM = 0.1;
export const LAST_ROOM = 0.03;

/**
 * Share 0..1 of EC2's connection tracking that is left: `available` of that and the entries of the
 * kernel's table. An estimate: EC2 does not publish how many it tracks, and does not track the same flows.
 */
export function roomLeft(available: number, entries: number): number {
  return available === 0 ? 0 : available / (available + entries);
}

/**
 * Whether EC2 tracks connections of this node at all. It tracks none that a security group lets pass both
 * ways, and what is left then stays as it is, however many entries the kernel has. Taken for granted where
 * the number was not read twice.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#untracked-connections
 */
export function isTracked(allowance: NodeFacts['allowance']): boolean {
  return allowance?.moves !== false || (allowance.exceeded.conntrack ?? 0) > 0;
}

/** What EC2's connection tracking suffers from, in words that follow "its allowance"; nothing where it does not. */
export function allowancePressure({
  allowance,
  allowanceAvailable,
  table,
}: Pick<NodeFacts, 'allowance' | 'allowanceAvailable' | 'table'>): string | undefined {
  if ((allowance?.exceeded.conntrack ?? 0) > 0) return 'was exceeded since boot';
  if (allowanceAvailable === undefined || table === undefined) return undefined;
  if (!isTracked(allowance)) return undefined;
  return roomLeft(allowanceAvailable, table.entries) < LOW_ROOM ? 'is near its end' : undefined;
}
