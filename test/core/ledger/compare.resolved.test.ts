import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../lib/core/judge/severity.js';
import type { Node } from '../../../lib/core/node/fleet.js';
import type { NodeFacts, Snapshot } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';
import { aRule, Audits, hour, silentNode, told } from '../../support/an-audit.js';

const ID = 'table-pressure/example/workers';
const node = (instanceId: string, facts: NodeFacts = {}, identity: Partial<Node> = {}) =>
  aNode(facts, { instanceId, ...identity });

/** Audits in which this rule found this on these nodes, which were all read. */
function after(rule: string, problems: Record<string, Severity>): Audits {
  const audits = new Audits();
  const read = Object.keys(problems).map((id) => node(id));
  audits.at(0, { read, rules: [aRule(rule, problems)] });
  return audits;
}

/** What is judged when the rule finds nothing on whoever has a table. */
const calm = (rule = 'table-pressure') => [aRule(rule, {}, ['table'])];
const both = { 'i-a': 'critical', 'i-b': 'warning' } as const;

describe('compare, of what is over', () => {
  it('shows the table before and after, and what was known of the finding', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNodeUsing(130_000, 131_072)] });
    const { transitions } = audits.at(1, { read: [aNodeUsing(130_000, 262_144)] });
    expect(transitions.find(({ finding }) => finding.id === ID)).toEqual({
      kind: 'resolved',
      since: hour(0),
      was: 'critical',
      before: { instanceId: 'i-0000000000000000a', entries: 130_000, max: 131_072 },
      after: { instanceId: 'i-0000000000000000a', entries: 130_000, max: 262_144 },
      finding: {
        id: ID,
        rule: 'table-pressure',
        title: 'The conntrack table is close to full',
        severity: 'critical',
        cluster: 'example',
        nodeGroup: 'workers',
        summary:
          'i-0000000000000000a (m5.large): 130,000 of 131,072 conntrack entries are in use (99%)',
        nodes: [
          {
            instanceId: 'i-0000000000000000a',
            instanceType: 'm5.large',
            severity: 'critical',
            summary:
              'i-0000000000000000a (m5.large): 130,000 of 131,072 conntrack entries are in use (99%)',
            measures: {},
          },
        ],
        remedies: [],
      },
    });
  });

  it('shows no table where the rule is not about it', () => {
    const audits = after('link-local-exceeded', { 'i-a': 'warning' });
    const [over] = audits.at(1, {
      read: [node('i-a')],
      rules: calm('link-local-exceeded'),
    }).transitions;
    expect(over?.kind).toBe('resolved');
    expect(over).not.toHaveProperty('before');
    expect(over).not.toHaveProperty('after');
  });

  it('stays open while one of its nodes is silent, and is over when that one was read too', () => {
    const audits = after('table-pressure', both);
    const half = { read: [node('i-a')], silent: [silentNode('i-b')], rules: calm() };
    expect(told(audits.at(1, half))).toEqual([]);
    expect(audits.ledger?.findings[ID]).toMatchObject({
      state: 'open',
      lastSeen: hour(0),
      nodes: ['i-a', 'i-b'],
      unread: ['i-b'],
    });
    const rest = { read: [node('i-b')], silent: [silentNode('i-a')], rules: calm() };
    expect(told(audits.at(2, rest))).toContain(`resolved ${ID}`);
  });

  it('stays open while its only node is silent, without a reminder', () => {
    const audits = after('table-pressure', { 'i-a': 'critical' });
    const silent = { read: [node('i-b')], silent: [silentNode('i-a')], rules: calm() };
    expect(told(audits.at(30, silent))).toEqual([]);
    expect(audits.ledger?.findings[ID]).toMatchObject({ state: 'open', lastSeen: hour(0) });
    expect(audits.ledger?.findings[ID]).not.toHaveProperty('unread');
  });

  it('stays open where the rule is unknown or crashed on a node that was read', () => {
    const unknown = aNode({}, { instanceId: 'i-a' });
    const { table: _table, ...facts } = unknown.facts;
    const audits = after('table-pressure', { 'i-a': 'critical' });
    const blind: Snapshot = { node: unknown.node, facts };
    expect(told(audits.at(1, { read: [blind], rules: calm() }))).toEqual([]);
    expect(told(audits.at(2, { read: [unknown], rules: calm() }))).toEqual([`resolved ${ID}`]);
  });

  it('keeps a silent node in a finding that others still have', () => {
    const audits = after('table-pressure', both);
    const rules = [aRule('table-pressure', { 'i-b': 'warning' })];
    audits.at(1, { read: [node('i-b')], silent: [silentNode('i-a')], rules });
    expect(audits.ledger?.findings[ID]).toMatchObject({
      severity: 'warning',
      nodes: ['i-b', 'i-a'],
    });
    expect(audits.ledger?.findings[ID]).not.toHaveProperty('milder');
    audits.at(2, { read: [node('i-b')], silent: [silentNode('i-a')], rules: calm() });
    expect(audits.ledger?.findings[ID]).toMatchObject({ state: 'open', unread: ['i-a'] });
  });

  it('lets go of a node that is gone while others have the finding', () => {
    const audits = after('table-drops', { 'i-a': 'critical' });
    const rules = [aRule('table-drops', { 'i-b': 'critical' })];
    audits.at(1, { read: [node('i-b')], rules });
    expect(audits.ledger?.findings['table-drops/example/workers']?.nodes).toEqual(['i-b']);
  });

  it('lets go of a node that was clear when the finding had to be clear once more', () => {
    const audits = after('table-pressure', both);
    const read = [node('i-a'), node('i-b')];
    const rules = [aRule('table-pressure', both)];
    audits.at(1, { read, rules: calm() });
    audits.at(2, { read, rules });
    audits.at(3, { read, rules: calm() });
    expect(audits.ledger?.findings[ID]).toMatchObject({ nodes: ['i-a', 'i-b'], clearFor: 1 });
    const back = [aRule('table-pressure', { 'i-b': 'warning' })];
    audits.at(4, { read: [node('i-b')], silent: [silentNode('i-a')], rules: back });
    expect(audits.ledger?.findings[ID]?.nodes).toEqual(['i-b']);
  });

  it('lets go of a node that is clear while others still have the finding', () => {
    const audits = after('table-pressure', both);
    const rules = [aRule('table-pressure', { 'i-b': 'warning' })];
    audits.at(1, { read: [node('i-a'), node('i-b')], rules });
    expect(audits.ledger?.findings[ID]?.nodes).toEqual(['i-b']);
  });

  it('is over when its node is gone and another one of the group was read', () => {
    const audits = after('table-pressure', { 'i-a': 'critical' });
    const idle = node('i-idle', { table: { entries: 1_000, max: 131_072 } });
    const busy = node('i-busy', { table: { entries: 50_000, max: 131_072 } });
    const { table: _table, ...facts } = aNode().facts;
    const blind: Snapshot = { node: node('i-blind').node, facts };
    expect(audits.at(1, { read: [blind, idle, busy], rules: calm() }).transitions).toMatchObject([
      {
        kind: 'resolved',
        note: 'i-a is gone',
        before: { instanceId: 'i-a' },
        after: { instanceId: 'i-busy', entries: 50_000 },
        finding: { nodes: [{ instanceId: 'i-a', instanceType: 'unknown' }] },
      },
    ]);
  });

  it('counts the others that are gone', () => {
    const audits = after('table-pressure', { ...both, 'i-c': 'warning' });
    const [over] = audits.at(1, { read: [node('i-b')], rules: calm() }).transitions;
    expect(over?.note).toBe('i-a and 1 more are gone');
  });

  it('stays open when its node is gone and only other groups were read', () => {
    const audits = after('table-pressure', { 'i-a': 'critical' });
    const elsewhere = [
      node('i-b', {}, { nodeGroup: 'batch' }),
      node('i-c', {}, { cluster: 'other' }),
    ];
    expect(told(audits.at(1, { read: elsewhere, rules: calm() }))).toEqual([]);
    expect(told(audits.at(168, { read: elsewhere, rules: calm() }))).toEqual([]);
    expect(audits.at(168.01, { read: elsewhere, rules: calm() }).transitions).toMatchObject([
      {
        kind: 'resolved',
        note: 'i-a is gone, and nothing of its node group was read for 7 days',
      },
    ]);
  });

  it('stays open when its node is gone and the rule could not judge the others of the group', () => {
    const audits = after('table-pressure', { 'i-a': 'critical' });
    const { table: _table, ...facts } = aNode().facts;
    const blind: Snapshot = { node: node('i-b').node, facts };
    expect(told(audits.at(1, { read: [blind], rules: calm() }))).toEqual([]);
  });

  it('asks any node of the cluster where the finding is about the whole of it', () => {
    const audits = new Audits();
    const rule = { ...aRule('whole', { 'i-a': 'warning' }), scope: 'cluster' as const };
    audits.at(0, { read: [node('i-a')], rules: [rule] });
    const other = node('i-b', {}, { nodeGroup: 'batch' });
    expect(told(audits.at(1, { read: [other], rules: calm('whole') }))).toEqual([
      'resolved whole/example/*',
    ]);
  });

  it('believes a new node about a counter only when it was read twice', () => {
    const audits = after('table-drops', { 'i-a': 'critical' });
    const replaced = { read: [node('i-b')], rules: calm('table-drops') };
    expect(told(audits.at(1, replaced))).toEqual([]);
    expect(told(audits.at(2, replaced))).toEqual(['resolved table-drops/example/workers']);
  });

  it('believes the node itself about a counter at once', () => {
    const audits = after('table-drops', { 'i-a': 'critical' });
    expect(told(audits.at(1, { read: [node('i-a')], rules: calm('table-drops') }))).toEqual([
      'resolved table-drops/example/workers',
    ]);
  });
});
