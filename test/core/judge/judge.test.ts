import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { defineRule } from '../../../lib/core/judge/rule.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { reachNode } from '../../../lib/core/remedies/reach-node.js';
import { rules } from '../../../lib/core/rules/index.js';
import type { SilentNode } from '../../../lib/core/node/silent-node.js';
import type { Snapshot } from '../../../lib/core/node/snapshot.js';
import { aFleet, aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';

const named = (snapshot: Snapshot, instanceId: string, nodeGroup = 'workers'): Snapshot => ({
  ...snapshot,
  node: { ...snapshot.node, instanceId, nodeGroup },
});

function report(snapshots: readonly Snapshot[], silent: readonly SilentNode[] = [], by = rules) {
  const unread = silent.map(
    (one) => aNode({}, { instanceId: one.instanceId, nodeGroup: one.nodeGroup }).node,
  );
  const fleet = aFleet([...snapshots.map(({ node }) => node), ...unread]);
  const evidence = { runId: 'run-1', startedAt: '2026-11-23T08:00:00Z', fleet, snapshots, silent };
  return judge(evidence, { ...catalogue, rules: by }, defaultPolicy);
}

const silent = (instanceId: string, reason: SilentNode['reason']): SilentNode => ({
  instanceId,
  cluster: 'example',
  nodeGroup: 'workers',
  reason,
});

describe('judge', () => {
  it('finds nothing on healthy nodes', () => {
    const { findings, unjudged, nodes } = report([aNode()]);
    expect({ findings, unjudged, nodes }).toEqual({
      findings: [],
      unjudged: [],
      nodes: { discovered: 1, read: 1, silent: 0 },
    });
  });

  it('makes one finding of one rule in one node group, its worst node first', () => {
    const { findings } = report([
      named(aNodeUsing(100_000, 131_072), 'i-warm'),
      named(aNodeUsing(130_000, 131_072), 'i-hot'),
      named(aNode(), 'i-calm'),
      named(aNodeUsing(100_000, 131_072), 'i-other', 'batch'),
    ]);
    expect(
      findings.map(({ nodeGroup, nodes }) => [nodeGroup, nodes.map((node) => node.instanceId)]),
    ).toEqual([
      ['workers', ['i-hot', 'i-warm']],
      ['batch', ['i-other']],
    ]);
    expect(findings[0]).toMatchObject({
      severity: 'critical',
      summary:
        '2 of 3 nodes, worst i-hot (m5.large): 130,000 of 131,072 conntrack entries are in use (99%)',
    });
  });

  it('calls that node the worst whose table is fuller, not the one with more entries', () => {
    const { findings } = report([
      named(aNodeUsing(200_000, 262_144), 'i-more'),
      named(aNodeUsing(110_000, 131_072), 'i-fuller'),
    ]);
    const pressure = findings.find(({ rule }) => rule === 'table-pressure');
    expect(pressure?.nodes.map(({ instanceId, severity }) => [instanceId, severity])).toEqual([
      ['i-fuller', 'warning'],
      ['i-more', 'warning'],
    ]);
    expect(pressure?.summary).toContain('worst i-fuller');
    const raise = pressure?.remedies.find(({ id }) => id === 'raise-limit');
    expect(raise?.predicted).toMatchObject({ limit: 262_144 });
  });

  it('puts the worst severity first, whatever the order of the rules', () => {
    const { findings } = report([
      named(aNodeUsing(100_000, 131_072), 'i-warm'),
      named(aNodeUsing(100, 65_536), 'i-lowered', 'batch'),
      named(aNodeUsing(131_000, 131_072), 'i-hot', 'web'),
    ]);
    expect(findings.map(({ severity }) => severity)).toEqual(['critical', 'warning', 'warning']);
  });

  it('ranks what helps before what may, and what may before what does not', () => {
    const { findings } = report([aNodeUsing(130_000, 131_072)]);
    expect(findings[0]?.remedies.map(({ id, helps }) => [id, helps])).toEqual([
      ['raise-limit', true],
      ['node-local-dns-cache', null],
      ['shorten-timeouts', null],
      ['shorten-udp-timeout', null],
      ['lower-ndots', null],
      ['trailing-dot', null],
      ['spread-workload', false],
      ['resize-instance', false],
      ['no-aaaa', false],
      ['sequential-dns-lookups', false],
      ['dns-over-tcp', false],
    ]);
  });

  it('makes a finding of each reason of silence, as each has its own remedy', () => {
    const { findings, nodes } = report(
      [aNode()],
      [silent('i-1', 'ssm-missing'), silent('i-2', 'timed-out'), silent('i-3', 'ssm-missing')],
    );
    expect(nodes).toEqual({ discovered: 4, read: 1, silent: 3 });
    expect(findings.map(({ rule, summary }) => [rule, summary])).toEqual([
      [
        'node-silent',
        '2 of 4 nodes: ssm-missing: the instance is not registered with Systems Manager',
      ],
      ['node-silent', 'i-2 (m5.large): timed-out: the probe did not end within its time limit'],
    ]);
    const reach = (reason: SilentNode['reason']) => ({
      id: reachNode.id,
      title: reachNode.title,
      ...reachNode.assessSilent?.(reason),
    });
    expect(findings.map(({ remedies }) => remedies)).toEqual([
      [reach('ssm-missing')],
      [reach('timed-out')],
    ]);
    expect(findings.flatMap(({ remedies }) => remedies.map(({ helps }) => helps))).toEqual([
      true,
      true,
    ]);
  });

  it('lists what could not be judged by rule and cause, and never as a pass', () => {
    const { unjudged, findings } = report([
      named(aNodeWithout('reading'), 'i-1'),
      named(aNodeWithout('reading'), 'i-2'),
    ]);
    expect(findings).toEqual([]);
    expect(unjudged).toEqual([
      {
        rule: 'reading-implausible',
        verdict: 'unknown',
        because: 'not known: reading',
        missing: ['reading'],
        nodes: ['i-1', 'i-2'],
      },
    ]);
  });

  it('tells apart what one rule misses on several nodes', () => {
    const asks = defineRule({
      id: 'asks',
      title: 'asks for two facts',
      fires: 'never',
      about: 'limit',
      proof: 'reading',
      requires: ['kernel', 'vcpus'],
      check: () => undefined,
    });
    const { unjudged } = report(
      [named(aNodeWithout('kernel'), 'i-1'), named(aNodeWithout('vcpus'), 'i-2')],
      [],
      [asks],
    );
    expect(unjudged.map(({ missing, nodes }) => ({ missing, nodes }))).toEqual([
      { missing: ['kernel'], nodes: ['i-1'] },
      { missing: ['vcpus'], nodes: ['i-2'] },
    ]);
  });

  it('goes on with the other rules when one throws', () => {
    const broken = defineRule({
      id: 'broken',
      title: 'It throws',
      fires: 'always',
      about: 'room',
      proof: 'reading',
      requires: [],
      check() {
        throw new Error('division by zero');
      },
    });
    const table = { entries: 130_000, max: 131_072 };
    const crowded = aNode({ reading: table, table });
    const { unjudged, findings } = report([crowded], [], [broken, ...rules]);
    expect(unjudged).toMatchObject([
      { rule: 'broken', verdict: 'crashed', because: 'division by zero' },
    ]);
    expect(findings.map(({ rule }) => rule)).toContain('table-pressure');
  });
});
