import { plural } from '../text/format.js';
import type { FoundClusters } from './ports.js';

/** Names that one line gives before it counts the rest. House choice. */
const MOST_NAMES = 10;

/** What a person meant to audit, and what is there instead. */
class EmptyScopeError extends Error {
  override readonly name = 'EmptyScopeError';
}

/** Fails where a cluster is not there that was named, or no cluster is left. Names those that are there. */
export function checkClusters(region: string, found: FoundClusters): void {
  const { clusters, others = [], missing = [] } = found;
  const there = [...clusters, ...others].sort();
  if (missing.length > 0) {
    throw new EmptyScopeError(
      `no EKS cluster is named ${missing.map((name) => `'${name}'`).join(', ')}; this account and Region has: ${listOf(there)}`,
    );
  }
  if (clusters.length > 0) return;
  throw new EmptyScopeError(
    there.length === 0
      ? `there is no EKS cluster in ${region}; look in another Region or account, or add --allow-empty`
      : `no EKS cluster of ${region} is to be audited; it has: ${listOf(there)}; add --allow-empty if none is meant`,
  );
}

/** Fails where clusters have no node, as it is hardly what is meant. */
export function checkNodes(region: string, { clusters }: FoundClusters, nodes: number): void {
  if (nodes > 0) return;
  const names = listOf(clusters);
  throw new EmptyScopeError(
    `no running node carries a tag of ${plural(clusters.length, 'cluster')} of ${region} (${names}); name your own tag under nodeTagKeys in the configuration, or add --allow-empty`,
  );
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
