import { describe, expect, it } from 'vitest';
import { MOST_FINDINGS, MOST_NODES } from '../../../lib/core/ledger/bounds.js';
import type { NodeMemory } from '../../../lib/core/ledger/ledger.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';
import { aRule, Audits, hour } from '../../support/an-audit.js';

const ids = (count: number, prefix = 'i') =>
  Array.from({ length: count }, (_, at) => `${prefix}-${at}`);

/** One node in each node group, so that each has a finding of its own. */
const alone = (instanceIds: readonly string[]) =>
  instanceIds.map((instanceId) => aNode({}, { instanceId, nodeGroup: instanceId }));
const all = (instanceIds: readonly string[], severity: 'critical' | 'notice') =>
  Object.fromEntries(instanceIds.map((id) => [id, severity] as const));

describe('more open findings than a ledger holds', () => {
  const many = ids(MOST_FINDINGS);
  const worse = ids(3, 'bad');
  const met = {
    read: alone([...many, ...worse]),
    rules: [aRule('table-pressure', { ...all(many, 'notice'), ...all(worse, 'critical') })],
  };

  it('are none when each has room', () => {
    const read = alone(many);
    const comparison = new Audits().at(0, {
      read,
      rules: [aRule('table-pressure', all(many, 'notice'))],
    });
    expect(comparison.surplus).toBe(0);
    expect(comparison.transitions).toHaveLength(MOST_FINDINGS);
  });

  it('leave out the mildest, which are not told', () => {
    const { surplus, findings, transitions } = new Audits().at(0, met);
    expect(surplus).toBe(3);
    expect(transitions).toHaveLength(MOST_FINDINGS);
    expect(Object.keys(findings)).toHaveLength(MOST_FINDINGS);
    for (const id of worse) expect(findings).toHaveProperty([`table-pressure/example/${id}`]);
  });

  it('tell nothing in the next audit: what does not fit is not new each time', () => {
    const audits = new Audits();
    audits.at(0, met);
    expect(audits.at(1, met).transitions).toEqual([]);
    expect(audits.at(2, met).transitions).toEqual([]);
  });

  it('are told when there is room again', () => {
    const audits = new Audits();
    audits.at(0, met);
    const cured = { ...all(many, 'notice'), ...all(worse.slice(1), 'critical') };
    const rules = [aRule('table-pressure', cured)];
    const { surplus, transitions } = audits.at(1, { read: met.read, rules });
    expect(surplus).toBe(2);
    expect(transitions.map(({ kind, finding }) => [kind, finding.severity])).toEqual([
      ['resolved', 'critical'],
      ['new', 'notice'],
    ]);
  });

  it.each([
    ['leave out new ones before known ones that are as bad', 'notice', 0],
    ['leave out known ones before new ones that are worse', 'critical', 3],
  ] as const)('%s', (_, severity, told) => {
    const audits = new Audits();
    const known = all(many, 'notice');
    audits.at(0, { read: alone(many), rules: [aRule('table-pressure', known)] });
    const rules = [aRule('table-pressure', { ...known, ...all(worse, severity) })];
    const { surplus, transitions } = audits.at(1, { read: alone([...worse, ...many]), rules });
    expect(surplus).toBe(3);
    expect(transitions.map(({ kind }) => kind)).toEqual(Array(told).fill('new'));
  });
});

describe('more nodes than a ledger remembers', () => {
  const gone: NodeMemory = {
    cluster: 'example',
    nodeGroup: 'workers',
    readAt: hour(0),
    counters: {},
    exceeded: {},
    usage: [[0, 99, 100]],
  };

  it('leave out those that are gone first, and then the emptiest', () => {
    const using = (instanceId: string, entries: number) => {
      const { node, facts } = aNodeUsing(entries, MOST_NODES);
      return { facts, node: { ...node, instanceId } };
    };
    const read = ids(MOST_NODES).map(using);
    const audits = new Audits();
    audits.at(0, { read: [], rules: [] });
    if (audits.ledger === undefined) throw new Error('nothing is remembered');
    audits.ledger = { ...audits.ledger, nodes: { 'i-gone': gone } };
    audits.at(1, { read: [...read, using('i-full', MOST_NODES)], rules: [] });
    const kept = audits.ledger.nodes;
    expect(Object.keys(kept)).toHaveLength(MOST_NODES);
    expect(kept).toHaveProperty('i-full');
    expect(kept).not.toHaveProperty('i-gone');
    expect(kept).not.toHaveProperty('i-0');
    expect(kept).toHaveProperty('i-1');
  });
});
