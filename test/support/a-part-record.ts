import type { PartAction, PartCase, PartRecord } from '../../lib/core/organization/part.js';

/** A case of a node group that is nearly full. */
export function aPartCase(different: Partial<PartCase> = {}): PartCase {
  return {
    cluster: 'shop',
    nodeGroup: 'web',
    severity: 'critical',
    nodes: 3,
    affected: 1,
    worst: {
      instanceId: 'i-0000000000000000a',
      instanceType: 'm5.large',
      entries: 127_000,
      max: 131_072,
    },
    signs: ['table-pressure'],
    summary: 'the table holds 127,000 of 131,072 entries',
    ...different,
  };
}

export function aPartAction(different: Partial<PartAction> = {}): PartAction {
  return {
    id: 'raise-limit/shop',
    remedy: 'raise-limit',
    title: 'Set conntrack.min of kube-proxy to 262,144 in shop',
    cluster: 'shop',
    settles: { critical: 1, warning: 0, notice: 0 },
    nodes: 1,
    effect: {
      nodeGroup: 'web',
      before: { limit: 131_072, usage: 0.97 },
      after: { limit: 262_144, usage: 0.485 },
    },
    ...different,
  };
}

/** What one auditor leaves: three nodes in one cluster, one of them nearly full, audited every six hours. */
export function aPartRecord(different: Partial<PartRecord> = {}): PartRecord {
  return {
    schemaVersion: 1,
    runId: '20261127T060000Z',
    startedAt: '2026-11-27T06:00:00.000Z',
    account: { id: '111122223333', alias: 'shop-prod' },
    region: 'eu-west-1',
    clusters: 1,
    nodes: { discovered: 4, read: 3, silent: 1 },
    findings: { critical: 1, warning: 0, notice: 0 },
    gaps: 0,
    cases: [aPartCase()],
    moreCases: 0,
    actions: [aPartAction()],
    moreActions: 0,
    location: 's3://hub/runs/111122223333/eu-west-1/20261127T060000Z/',
    cadenceSeconds: 21_600,
    ...different,
  };
}
