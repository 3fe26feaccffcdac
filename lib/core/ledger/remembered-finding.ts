import type { Finding } from '../judge/finding.js';
import type { AuditIndex } from './audit-index.js';
import type { FindingMemory } from './ledger.js';

/**
 * A finding as it was when it was last seen, as far as that is remembered: every node says what the worst
 * one said, and neither measures nor remedies are kept.
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
