import type { Finding } from '../judge/finding.js';
import type { AuditIndex } from './audit-index.js';
import type { FindingMemory } from './ledger.js';

/**
 * A finding as it was last seen. The ledger keeps only part of it: every node repeats the sentence of the
 * worst one, and measures and remedies are gone.
 */
export function rememberedFinding(memory: FindingMemory, { node }: AuditIndex): Finding {
  const { id, rule, title, severity, cluster, nodeGroup, summary, nodes, milder } = memory;
  return {
    id,
    rule,
    title,
    severity,
    cluster,
    nodeGroup,
    summary,
    nodes: nodes.map((instanceId) => ({
      instanceId,
      instanceType: node(instanceId)?.instanceType ?? 'unknown',
      severity: milder?.[instanceId] ?? severity,
      summary,
      measures: {},
    })),
    remedies: [],
  };
}
