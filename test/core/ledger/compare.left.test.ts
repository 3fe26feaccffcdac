import { describe, expect, it } from 'vitest';
import { aNode } from '../../support/a-node.js';
import { aRule, Audits, hour, told } from '../../support/an-audit.js';

const ofProd = aNode({}, { instanceId: 'i-prod', cluster: 'prod' });
const ofTest = aNode({}, { instanceId: 'i-test', cluster: 'test' });
const rules = [aRule('table-pressure', { 'i-prod': 'critical', 'i-test': 'warning' })];
const calm = [aRule('table-pressure', {})];

describe('a cluster that is no longer audited', () => {
  it('closes its findings as left, and no others', () => {
    const audits = new Audits();
    audits.at(0, { read: [ofProd, ofTest], rules });
    const comparison = audits.at(1, { read: [ofProd], rules });
    expect(comparison.transitions).toMatchObject([
      {
        kind: 'left',
        finding: { id: 'table-pressure/test/workers', nodes: [{ instanceId: 'i-test' }] },
        since: hour(0),
        was: 'warning',
        note: 'the cluster test is gone or no longer wanted, so nobody looks after it',
      },
    ]);
    expect(Object.keys(comparison.findings)).toEqual(['table-pressure/prod/workers']);
  });

  it('is told once', () => {
    const audits = new Audits();
    audits.at(0, { read: [ofProd, ofTest], rules });
    audits.at(1, { read: [ofProd], rules });
    expect(told(audits.at(2, { read: [ofProd], rules }))).toEqual([]);
  });

  it('is told as new when it comes back', () => {
    const audits = new Audits();
    audits.at(0, { read: [ofProd, ofTest], rules });
    audits.at(1, { read: [ofProd], rules });
    expect(told(audits.at(2, { read: [ofProd, ofTest], rules }))).toEqual([
      'new table-pressure/test/workers',
    ]);
  });

  it('is no news to people who muted the finding', () => {
    const audits = new Audits();
    const mutes = [{ cluster: 'test', until: hour(99), reason: 'a load test' }];
    audits.at(0, { read: [ofProd, ofTest], rules, mutes });
    const { transitions, findings } = audits.at(1, { read: [ofProd], rules, mutes });
    expect(transitions).toEqual([]);
    expect(Object.keys(findings)).toEqual(['table-pressure/prod/workers']);
  });

  it('leaves what was resolved before as it was', () => {
    const audits = new Audits();
    audits.at(0, { read: [ofProd, ofTest], rules });
    audits.at(1, { read: [ofProd, ofTest], rules: calm });
    expect(told(audits.at(2, { read: [ofProd], rules: calm }))).toEqual([]);
  });
});
