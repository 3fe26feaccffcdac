import { catalogue } from '../../../lib/core/run/catalogue.js';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../lib/core/history/audit-record.js';
import type { Finding } from '../../../lib/core/judge/finding.js';
import type { Severity } from '../../../lib/core/judge/severity.js';
import { judge } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { SilentNode } from '../../../lib/core/node/silent-node.js';
import type { Growth, Snapshot } from '../../../lib/core/node/snapshot.js';
import { aFleet, aNode, aNodeWithout } from '../../support/a-node.js';

const silentNode = (instanceId: string): SilentNode => ({
  instanceId,
  cluster: 'example',
  nodeGroup: 'workers',
  reason: 'timed-out',
});

function record(snapshots: readonly Snapshot[], silent: readonly SilentNode[] = []) {
  const unread = silent.map(({ instanceId }) => aNode({}, { instanceId }).node);
  const fleet = aFleet([...snapshots.map(({ node }) => node), ...unread]);
  const evidence = { runId: 'run-1', startedAt: '2026-11-23T08:00:00Z', fleet, snapshots, silent };
  const report = judge(evidence, { ...catalogue, rules: [] }, defaultPolicy);
  return { evidence, report, ...recordOf(evidence, report) };
}

const grown = (counters: Growth['counters']) =>
  record([aNode({ growth: { seconds: 3_600, counters, exceeded: {} } })]).nodes[0];

describe('the record of an audit', () => {
  it('holds which audit it was, of which clusters', () => {
    const { evidence: _, report: __, nodes: ___, ...audit } = record([aNode()]);
    expect(audit).toEqual({
      runId: 'run-1',
      startedAt: '2026-11-23T08:00:00Z',
      region: 'us-east-1',
      clusters: ['example'],
    });
  });

  it('holds the table of a node, the limit that is expected, and no drops at first sight', () => {
    expect(record([aNode()]).nodes).toEqual([
      {
        cluster: 'example',
        node_group: 'workers',
        instance_id: 'i-0000000000000000a',
        instance_type: 'm5.large',
        entries: 4_096,
        max: 131_072,
        expected_max: 131_072,
      },
    ]);
  });

  it('does not know a limit to expect where the kube-proxy is not known', () => {
    expect(record([aNodeWithout('kubeProxy')]).nodes[0]).not.toHaveProperty('expected_max');
  });

  it('knows a node that was read without a table, which is not silent', () => {
    const [node] = record([aNodeWithout('table')]).nodes;
    expect(node).not.toHaveProperty('entries');
    expect(node).not.toHaveProperty('max');
    expect(node).not.toHaveProperty('silent');
  });

  it('holds each node that was discovered once, the silent ones with their reason', () => {
    const { nodes } = record([aNode()], [silentNode('i-silent')]);
    expect(nodes.map(({ instance_id, silent }) => [instance_id, silent])).toEqual([
      ['i-0000000000000000a', undefined],
      ['i-silent', 'timed-out'],
    ]);
    expect(nodes[1]).toEqual({
      cluster: 'example',
      node_group: 'workers',
      instance_id: 'i-silent',
      instance_type: 'm5.large',
      silent: 'timed-out',
      severity: nodes[1]?.severity,
    });
  });

  it('counts drops for want of room alone, and evictions', () => {
    expect(grown({ drop: 100, insert_failed: 30, early_drop: 7 })).toMatchObject({
      drops: 70,
      early_drops: 7,
    });
    expect(grown({ drop: 0, early_drop: 0 })).toMatchObject({ drops: 0, early_drops: 0 });
  });

  it.each(['drop', 'early_drop'])('does not make up a 0 where %s was not compared', (column) => {
    const columns = { drop: 'drops', early_drop: 'early_drops' };
    const counters = Object.fromEntries(
      Object.keys(columns).flatMap((name) => (name === column ? [] : [[name, 1]])),
    );
    const node = grown(counters);
    for (const [name, field] of Object.entries(columns)) {
      if (name === column) expect(node).not.toHaveProperty(field);
      else expect(node).toHaveProperty(field, 1);
    }
  });

  it('does not count what grew within the probe, which the next audit will count', () => {
    const [node] = record([
      aNode({ churn: { seconds: 2, entries: 0, counters: { drop: 9 } } }),
    ]).nodes;
    expect(node).not.toHaveProperty('drops');
  });

  it('gives a node the worst of its own findings, not of its group', () => {
    const finding = (severity: Severity, nodes: Record<string, Severity>): Finding => ({
      id: `rule-${severity}`,
      rule: 'rule',
      title: 'It fails',
      severity,
      cluster: 'example',
      nodeGroup: 'workers',
      summary: 'it failed',
      remedies: [],
      nodes: Object.entries(nodes).map(([instanceId, own]) => ({
        instanceId,
        instanceType: 'm5.large',
        severity: own,
        measures: {},
        summary: 'it failed',
      })),
    });
    const snapshots = ['i-a', 'i-b', 'i-c'].map((instanceId) => aNode({}, { instanceId }));
    const { evidence, report } = record(snapshots);
    const findings = [
      finding('notice', { 'i-a': 'notice' }),
      finding('critical', { 'i-a': 'critical', 'i-b': 'warning' }),
      finding('warning', { 'i-a': 'warning' }),
    ];
    const { nodes } = recordOf(evidence, { ...report, findings });
    expect(nodes.map(({ instance_id, severity }) => [instance_id, severity])).toEqual([
      ['i-a', 'critical'],
      ['i-b', 'warning'],
      ['i-c', undefined],
    ]);
  });
});
