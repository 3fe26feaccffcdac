import { describe, expect, it } from 'vitest';
import type { NodeFacts, Snapshot } from '../../../lib/core/node/snapshot.js';
import { recall, wasOf, withRecalled } from '../../../lib/core/ledger/recall.js';
import { aFleet, aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';
import { aRule, Audits, hour, silentNode } from '../../support/an-audit.js';

/** What an audit of these nodes knows so many hours after the first one. */
function recalled(hours: number, snapshots: readonly Snapshot[], { ledger }: Audits) {
  const fleet = aFleet(snapshots.map(({ node }) => node));
  const evidence = { runId: 'run', startedAt: hour(hours), fleet, snapshots, silent: [] };
  const known = recall(evidence, ledger);
  return { evidence: withRecalled(evidence, known), was: wasOf(known) };
}

function factsOf(hours: number, snapshot: Snapshot, audits: Audits): NodeFacts | undefined {
  return recalled(hours, [snapshot], audits).evidence.snapshots[0]?.facts;
}

describe('recall', () => {
  it('knows nothing at first sight but this one usage', () => {
    const facts = factsOf(0, aNodeUsing(100, 131_072), new Audits());
    expect(facts).not.toHaveProperty('growth');
    expect(facts?.trend).toEqual([{ secondsAgo: 0, entries: 100, max: 131_072 }]);
  });

  it('joins what grew and the usages since, oldest first', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNodeUsing(100, 131_072)] });
    audits.at(1, { read: [aNodeUsing(200, 131_072)] });
    const facts = factsOf(3, aNodeUsing(300, 262_144), audits);
    expect(facts?.growth?.seconds).toBe(7_200);
    expect(facts?.trend).toEqual([
      { secondsAgo: 10_800, entries: 100, max: 131_072 },
      { secondsAgo: 7_200, entries: 200, max: 131_072 },
      { secondsAgo: 0, entries: 300, max: 262_144 },
    ]);
  });

  it('leaves out usages of before the boot', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNode()] });
    audits.at(1, { read: [aNode()] });
    const trend = (uptimeSeconds: number) =>
      factsOf(2, aNode({ boot: { id: 'b', uptimeSeconds } }), audits)?.trend?.map(
        ({ secondsAgo }) => secondsAgo,
      );
    expect(trend(3_600)).toEqual([0]);
    expect(trend(3_601)).toEqual([3_600, 0]);
  });

  it('has the usages of a node whose boot is unknown', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNode()] });
    expect(factsOf(1, aNodeWithout('boot'), audits)?.trend).toHaveLength(2);
  });

  it('has no trend where the table was not read now', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNode()] });
    expect(factsOf(1, aNodeWithout('table'), audits)).not.toHaveProperty('trend');
  });

  it('counts this reading once when the same audit is recalled again', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNode()] });
    expect(factsOf(0, aNode(), audits)?.trend).toHaveLength(1);
  });

  const both = [aNode({}, { instanceId: 'i-a' }), aNode({}, { instanceId: 'i-b' })];

  it('tells what a rule said of each node, by its own severity', () => {
    const audits = new Audits();
    const rules = [aRule('some', { 'i-a': 'critical', 'i-b': 'warning' })];
    audits.at(0, { read: both, rules });
    const { was } = recalled(1, both, audits);
    expect([was('some', 'i-a'), was('some', 'i-b')]).toEqual(['critical', 'warning']);
    expect([was('other', 'i-a'), was('some', 'i-c')]).toEqual([undefined, undefined]);
  });

  it('takes the worst of what a rule said for more than one cause', () => {
    const audits = new Audits();
    audits.at(0, { read: both, rules: [aRule('some', { 'i-a': 'notice' })] });
    const [id, finding] = Object.entries(audits.ledger?.findings ?? {})[0] ?? [];
    if (finding === undefined || audits.ledger === undefined) throw new Error('nothing was found');
    const milder = { ...finding, id: `${id}/b`, severity: 'warning' as const };
    const worst = { ...finding, id: `${id}/c`, severity: 'critical' as const };
    for (const findings of [
      { a: finding, b: milder, c: worst },
      { c: worst, b: milder, a: finding },
    ]) {
      audits.ledger = { ...audits.ledger, findings };
      expect(recalled(1, both, audits).was('some', 'i-a')).toBe('critical');
    }
  });

  it('has no word on what was resolved, or clear on that node', () => {
    const audits = new Audits();
    const rules = [aRule('some', { 'i-a': 'critical', 'i-b': 'warning' })];
    audits.at(0, { read: both, rules });
    audits.at(1, {
      read: both.slice(0, 1),
      silent: [silentNode('i-b')],
      rules: [aRule('some', {})],
    });
    const half = recalled(2, both, audits);
    expect([half.was('some', 'i-a'), half.was('some', 'i-b')]).toEqual([undefined, 'warning']);
    audits.at(2, { read: both, rules: [aRule('some', {})] });
    expect(recalled(3, both, audits).was('some', 'i-b')).toBeUndefined();
  });

  it('has no word on what is clear and waits to be clear once more', () => {
    const audits = new Audits();
    const rules = [aRule('some', { 'i-a': 'critical' })];
    const clear = [aRule('some', {})];
    audits.at(0, { read: both, rules });
    audits.at(1, { read: both, rules: clear });
    audits.at(2, { read: both, rules });
    audits.at(3, { read: both, rules: clear });
    expect(audits.ledger?.findings['some/example/workers']).toMatchObject({ clearFor: 1 });
    expect(recalled(4, both, audits).was('some', 'i-a')).toBeUndefined();
  });
});
