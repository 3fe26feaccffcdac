import { describe, expect, it } from 'vitest';
import {
  organizationDigestOf,
  type OrganizationInput,
} from '../../../../lib/core/organization/organization-digest.js';
import {
  organizationMail,
  organizationSubject,
} from '../../../../lib/core/render/organization/organization-mail.js';
import { aPartAction, aPartCase, aPartRecord } from '../../../support/a-part-record.js';

/** Four auditors: one as usual, one that fell silent, one in which all is well, and one that never audited. */
function aDigest(different: Partial<OrganizationInput> = {}) {
  const records = [
    aPartRecord(),
    aPartRecord({
      account: { id: '222233334444', alias: 'shop-stage' },
      startedAt: '2026-11-25T06:00:00.000Z',
      actions: [aPartAction({ settles: { critical: 0, warning: 1, notice: 0 } })],
      cases: [
        aPartCase({
          severity: 'warning',
          worst: { instanceId: 'i-0b', instanceType: 'm5.large', entries: 104_000, max: 131_072 },
        }),
      ],
      findings: { critical: 0, warning: 1, notice: 0 },
      gaps: 2,
    }),
    aPartRecord({
      account: { id: '333344445555' },
      nodes: { discovered: 0, read: 0, silent: 0 },
      clusters: 0,
      findings: { critical: 0, warning: 0, notice: 0 },
      cases: [],
      actions: [],
    }),
  ];
  const places = ['111122223333', '222233334444', '333344445555', '444455556666'];
  return organizationDigestOf({
    records,
    now: '2026-11-27T08:00:00.000Z',
    expected: places.map((account) => ({ account, region: 'eu-west-1' })),
    location: 's3://hub/audits/',
    ...different,
  });
}

describe('the mail about an organization', () => {
  it('says who fell silent, what to do over all accounts, where it is worst, and what it costs', async () => {
    await expect(organizationMail(aDigest())).toMatchFileSnapshot('golden/organization-mail.txt');
  });

  it('has a subject of what it holds', () => {
    expect(organizationSubject(aDigest())).toBe(
      '[critical] 1 critical, 1 warning, 2 audits missed: conntrack in 3 accounts',
    );
  });

  it('is a warning where all is well and an auditor fell silent, and ok where none did', () => {
    const findings = { critical: 0, warning: 0, notice: 0 };
    const records = [aPartRecord({ findings, cases: [], actions: [] })];
    const subject = (now: string) =>
      organizationSubject(organizationDigestOf({ records, now, location: 's3://hub/' }));
    expect(subject('2026-11-27T13:15:00.000Z')).toBe('[ok] no findings: conntrack in 1 account');
    expect(subject('2026-11-27T13:15:01.000Z')).toBe(
      '[warning] no findings, 1 audit missed: conntrack in 1 account',
    );
  });

  it('names records that cannot be read', () => {
    const unread = [{ key: 'audits/111122223333/eu-west-1.json', why: 'it is cut' }];
    expect(organizationMail(aDigest({ unread }))).toContain(
      'NOT READ: 1 record\n  audits/111122223333/eu-west-1.json: it is cut',
    );
  });

  it('stays short, and counts what it leaves out', () => {
    const records = Array.from({ length: 300 }, (_, at) =>
      aPartRecord({
        account: { id: String(100_000_000_000 + at), alias: `account-${at}-${'x'.repeat(40)}` },
        cases: Array.from({ length: 10 }, (_, one) =>
          aPartCase({ nodeGroup: `group-${one}-${'y'.repeat(60)}` }),
        ),
        startedAt: '2026-11-01T00:00:00.000Z',
        moreCases: 5,
      }),
    );
    const digest = organizationDigestOf({
      records,
      now: '2026-11-27T08:00:00.000Z',
      location: 's3://hub/',
    });
    const mail = organizationMail(digest);
    expect(Buffer.byteLength(mail)).toBeLessThanOrEqual(8_192);
    expect(mail).toContain('NO AUDIT: 300 accounts and Regions');
    const told = [...mail.matchAll(/^ {2}critical {2}/gm)].length;
    expect(mail).toContain(`and ${(300 * 15 - told).toLocaleString('en-US')} more`);
    expect(JSON.stringify(digest).length).toBeLessThan(65_536);
  });

  it('shows no character that does something', () => {
    const alias = 'prod\u001b[2J\u202e';
    const records = [aPartRecord({ account: { id: '111122223333', alias } })];
    const mail = organizationMail(aDigest({ records }));
    expect(mail).not.toMatch(/[\u001b\u202e]/);
  });
});
