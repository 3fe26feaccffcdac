import { describe, expect, it } from 'vitest';
import { fitted } from '../../../lib/core/ledger/fitted.js';
import type { FindingMemory, Ledger, NodeMemory } from '../../../lib/core/ledger/ledger.js';
import { readLedger } from '../../../lib/core/ledger/read-ledger.js';
import { aDigest } from '../../support/a-digest.js';
import { hour } from '../../support/an-audit.js';

const place = { cluster: 'example', nodeGroup: 'workers' };
const node = (entries: number): NodeMemory => ({
  ...place,
  readAt: hour(0),
  counters: {},
  exceeded: {},
  usage: [[0, entries, 100]],
});
const finding = (id: string, severity: FindingMemory['severity']): FindingMemory => ({
  ...place,
  id,
  severity,
  rule: 'table-pressure',
  title: 'full',
  state: 'open',
  summary: 'full',
  nodes: ['i-1'],
  firstSeen: hour(0),
  lastSeen: hour(0),
});
const promised = (runId: string) => ({ runId, promisedAt: hour(0), digest: aDigest() });
const ledger: Ledger = {
  schemaVersion: 1,
  region: 'us-east-1',
  runId: 'run-1',
  auditedAt: hour(0),
  nodes: { 'i-1': node(10), 'i-2': node(90), 'i-3': node(80), 'i-4': node(20) },
  findings: { a: finding('a', 'notice'), b: finding('b', 'critical') },
  outbox: [promised('run-0'), promised('run-1')],
};
const whole = JSON.stringify(ledger).length;

function kept(longest: number) {
  const text = fitted(ledger, longest);
  const { nodes, findings, outbox = [], cut } = JSON.parse(text) as Ledger;
  return {
    fits: text.length <= longest,
    nodes: Object.keys(nodes).sort(),
    findings: Object.keys(findings),
    outbox: outbox.map(({ runId }) => runId),
    cut,
  };
}

describe('a ledger that may be so long', () => {
  it('is whole where it fits', () => {
    expect(fitted(ledger, whole)).toBe(JSON.stringify(ledger));
  });

  it('loses the oldest promise first', () => {
    expect(kept(whole - 1)).toEqual({
      fits: true,
      nodes: ['i-1', 'i-2', 'i-3', 'i-4'],
      findings: ['a', 'b'],
      outbox: ['run-1'],
      cut: true,
    });
  });

  it('then the emptier half of its nodes, and then the milder half of its findings', () => {
    const one = JSON.stringify(promised('run-0')).length;
    expect(kept(whole - one)).toMatchObject({
      fits: true,
      nodes: ['i-2', 'i-3'],
      outbox: ['run-1'],
    });
    expect(kept(1)).toMatchObject({
      nodes: ['i-2'],
      findings: ['b'],
      outbox: ['run-1'],
      cut: true,
    });
  });

  it('is read again as it was cut', () => {
    expect(readLedger(fitted(ledger, whole - 1))).toMatchObject({
      kind: 'known',
      dropped: 0,
      ledger: { cut: true },
    });
  });
});
