import type { AuditRecord, NodeRecord } from '../../lib/core/history/audit-record.js';
import type { NodeIdentity, NodeReading, Question } from '../../lib/core/history/question.js';

/** What history keeps of a node whose table holds half of what it may. */
export function aRecord(different: Partial<NodeRecord> = {}): NodeRecord {
  return {
    cluster: 'example',
    node_group: 'workers',
    instance_id: 'i-0000000000000000a',
    instance_type: 'm5.large',
    entries: 65_536,
    max: 131_072,
    drops: 0,
    early_drops: 0,
    ...different,
  };
}

/** What history keeps of a node that could not be read. */
export function aSilentRecord(different: Partial<NodeRecord> = {}): NodeRecord {
  const { cluster, node_group, instance_id, instance_type } = aRecord(different);
  return { cluster, node_group, instance_id, instance_type, silent: 'timed-out' };
}

/** An audit that left these records. */
export function anAudit(different: Partial<AuditRecord> = {}): AuditRecord {
  const run = { runId: '20261123T080000Z', startedAt: '2026-11-23T08:00:00.000Z' };
  const { runId, startedAt } = { ...run, ...different };
  const region = 'eu-west-1';
  const nodes = different.nodes ?? [aRecord()];
  return { runId, startedAt, region, clusters: ['example'], ...different, nodes };
}

/** When an audit of that hour of one day began. */
export const hour = (of: number) => `2026-11-23T${String(of).padStart(2, '0')}:00:00.000Z`;

/** The answer to a question, where each list of records is an audit, an hour after the one before. */
export function answerOf<A>(question: Question<A>, ...audits: readonly NodeRecord[][]): A {
  for (const [at, records] of audits.entries()) {
    for (const { cluster, node_group, instance_id, instance_type, ...reading } of records) {
      const node: NodeIdentity = { cluster, node_group, instance_id, instance_type };
      const sound: NodeReading = reading;
      question.take(node, sound, hour(at));
    }
  }
  return question.answer();
}
