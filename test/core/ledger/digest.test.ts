import { describe, expect, it } from 'vitest';
import { digestOf, isWorthTelling } from '../../../lib/core/ledger/digest.js';
import type { Report } from '../../../lib/core/judge/report.js';
import { aNode } from '../../support/a-node.js';
import { aRule, Audits, silentNode } from '../../support/an-audit.js';

const report: Report = {
  runId: 'run-1',
  startedAt: '2026-11-23T09:00:00.000Z',
  region: 'us-east-1',
  clusters: ['example'],
  nodes: { discovered: 2, read: 1, silent: 1 },
  findings: [],
  unjudged: [],
  silent: [],
};
const read = [aNode({}, { instanceId: 'i-a' })];
const rules = [
  aRule('bad', { 'i-a': 'critical' }),
  aRule('odd', { 'i-a': 'notice' }),
  aRule('muted', { 'i-a': 'notice' }),
];
const mutes = [{ rule: 'muted', until: '2026-12-01T00:00:00.000Z', reason: 'known' }];

function digest(comparison: ReturnType<Audits['at']>, notes: string[] = []) {
  return digestOf({ report, comparison, notes, location: 's3://bucket/runs/run-1' });
}

describe('digestOf', () => {
  it('says which audit it was, and counts open findings without the silenced ones', () => {
    const comparison = new Audits().at(0, { read, rules, mutes });
    expect(digest(comparison, ['a note'])).toEqual({
      schemaVersion: 1,
      runId: 'run-1',
      startedAt: '2026-11-23T09:00:00.000Z',
      region: 'us-east-1',
      clusters: ['example'],
      nodes: { discovered: 2, read: 1, silent: 1 },
      open: { critical: 1, warning: 0, notice: 1 },
      transitions: comparison.transitions,
      silenced: comparison.silenced,
      notes: ['a note'],
      location: 's3://bucket/runs/run-1',
    });
  });

  it('counts what a silent node may still have, and not what is resolved', () => {
    const audits = new Audits();
    audits.at(0, { read, rules });
    const silent = audits.at(1, { silent: [silentNode('i-a')], rules });
    expect(digest(silent).open).toEqual({ critical: 1, warning: 1, notice: 2 });
    expect(digest(audits.at(2, { read, rules: [] })).open).toEqual({
      critical: 0,
      warning: 0,
      notice: 0,
    });
  });
});

describe('isWorthTelling', () => {
  it('is what has a change or a note, not what is only silenced', () => {
    const audits = new Audits();
    expect(isWorthTelling(digest(audits.at(0, { read, rules, mutes })))).toBe(true);
    const calm = audits.at(1, { read, rules, mutes });
    expect(calm.silenced).toHaveLength(1);
    expect(isWorthTelling(digest(calm))).toBe(false);
    expect(isWorthTelling(digest(calm, ['a note']))).toBe(true);
  });
});
