import type { NodeFacts } from '../node/snapshot.js';
import { elapsed } from '../text/elapsed.js';

/**
 * When a node was read, as ISO 8601, UTC: in the audit, or when its support bundle was taken. The same bundle in two
 * audits is one reading.
 */
export function readAtOf({ bundle }: NodeFacts, auditedAt: string): string {
  const takenAt = bundle?.takenAt;
  return takenAt !== undefined && elapsed(takenAt, auditedAt) > 0 ? takenAt : auditedAt;
}
