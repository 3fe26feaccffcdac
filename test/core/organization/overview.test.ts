import { describe, expect, it } from 'vitest';
import { overviewOf } from '../../../lib/core/organization/overview.js';
import type { PlaceGap } from '../../../lib/core/organization/part.js';
import { aPartAction, aPartCase, aPartRecord } from '../../support/a-part-record.js';

const gap: PlaceGap = {
  account: '444455556666',
  region: 'eu-west-1',
  about: 'audit',
  subject: 'the audit',
  operation: 'sts:AssumeRole',
  reason: 'not-permitted',
  detail: 'no',
};

describe('many audits as one picture', () => {
  it('adds up what was discovered, read and silent', () => {
    const other = { account: { id: '222233334444' }, nodes: { discovered: 7, read: 7, silent: 0 } };
    const { nodes, accounts, audits, findings } = overviewOf(
      [aPartRecord(), aPartRecord(other)],
      [],
    );
    expect({ nodes, accounts, audits, findings }).toEqual({
      nodes: { discovered: 11, read: 10, silent: 1 },
      accounts: 2,
      audits: { wanted: 2, done: 2, empty: 0 },
      findings: { critical: 2, warning: 0, notice: 0 },
    });
  });

  it('counts what was to be audited and was not, but not a gap within an audit', () => {
    const within: PlaceGap = { ...gap, account: '111122223333', about: 'cluster' };
    const { audits, gaps } = overviewOf([aPartRecord({ clusters: 0 })], [gap, within]);
    expect(audits).toEqual({ wanted: 2, done: 1, empty: 1 });
    expect(gaps.map(({ account }) => account)).toEqual(['111122223333', '444455556666']);
  });

  it('has the worst first: critical before warning, then the fuller table', () => {
    const warning = aPartCase({ severity: 'warning', nodeGroup: 'full' });
    const half = { instanceId: 'i-0b', instanceType: 'm5.large', entries: 65_536, max: 131_072 };
    const milder = aPartCase({ nodeGroup: 'half', worst: half });
    const here = aPartRecord({ cases: [warning, milder] });
    const there = aPartRecord({ account: { id: '222233334444' } });
    const { cases } = overviewOf([here, there], []);
    expect(cases.map(({ account, nodeGroup }) => [account, nodeGroup])).toEqual([
      ['222233334444', 'web'],
      ['111122223333', 'half'],
      ['111122223333', 'full'],
    ]);
  });

  it('says the same thing to do once, with the places where it is to be done', () => {
    const milder = { settles: { critical: 0, warning: 4, notice: 0 }, nodes: 4 };
    const records = [
      aPartRecord({ region: 'us-east-1', actions: [aPartAction(milder)] }),
      aPartRecord({ actions: [aPartAction({ title: 'another', nodes: 9 }), aPartAction()] }),
    ];
    const { actions } = overviewOf(records, []);
    expect(
      actions.map(({ title, settles, nodes, places }) => ({
        title,
        settles,
        nodes,
        places: places.map(({ region }) => region),
      })),
    ).toEqual([
      {
        title: 'Set conntrack.min of kube-proxy to 262,144 in shop',
        settles: { critical: 1, warning: 4, notice: 0 },
        nodes: 5,
        places: ['eu-west-1', 'us-east-1'],
      },
      {
        title: 'another',
        settles: { critical: 1, warning: 0, notice: 0 },
        nodes: 9,
        places: ['eu-west-1'],
      },
    ]);
  });
});
