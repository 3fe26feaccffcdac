import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditAccounts, type AskedOfAll } from '../../../lib/cli/accounts/audit-accounts.js';
import { run } from '../../../lib/cli/program.js';
import { resolveSettings } from '../../../lib/cli/settings.js';
import {
  accountId,
  aMember,
  aMemberWithoutRole,
  EXTERNAL_ID,
  ROLE,
  ROOT_ID,
  STORES,
} from '../../support/an-organization.js';
import { aTerminal } from '../../support/a-terminal.js';
import { anOrganizationScene, REGIONS, type Overview } from './scene.js';

const AT_ONCE = 6;

/** Twelve accounts in three Regions: ten as usual, of which one is in a unit of its own; see the tests for the rest. */
const members = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => aMember(number, REGIONS)),
  aMember(9, REGIONS, { unit: STORES }),
  aMemberWithoutRole(10, REGIONS),
  aMember(11, REGIONS, { throttled: ['eks:ListClusters'] }),
  aMember(12, REGIONS, { fleets: {} }),
  aMember(13, REGIONS, { state: 'SUSPENDED' }),
];

const { simulator, within, inEnvironment } = anOrganizationScene(members);

/** As a person would; what is throttled is tried twice and not eight times. */
async function auditAll(different: Partial<AskedOfAll>) {
  inEnvironment();
  const { terminal, out, notes } = aTerminal({ columns: 400 });
  const settings = await resolveSettings({});
  const asked = { ...settings, document: simulator().documentName, ...different };
  const status = await auditAccounts(asked, terminal, 2);
  return { status, out: out(), notes: notes() };
}

describe('an audit of 12 accounts in 3 Regions', () => {
  let all: Awaited<ReturnType<typeof auditAll>>;
  let overview: Overview;
  beforeAll(async () => {
    all = await auditAll({
      ...{ organization: ROOT_ID, regions: 'all', role: ROLE, externalId: EXTERNAL_ID },
      ...{ atOnce: AT_ONCE, save: within('all'), format: [{ format: 'text' }] },
    });
    const { terminal, out } = aTerminal();
    await run(['report', '--from', within('all'), '--json'], terminal);
    overview = JSON.parse(out()) as Overview;
  });

  it('is one report, and incomplete', () => {
    expect(all.status).toBe(2);
    expect(overview.audits).toEqual({ wanted: 36, done: 30, empty: 3 });
    expect(all.out).toContain('36 audits = 30 done + 6 not done; 3 of those done found no cluster');
  });

  it('accounts for every node: discovered = read + silent over all', () => {
    expect(overview.nodes).toEqual({ discovered: 45, read: 36, silent: 9 });
    const sum = (name: 'discovered' | 'read' | 'silent') =>
      overview.reports.reduce((all, { nodes }) => all + nodes[name], 0);
    expect({ discovered: sum('discovered'), read: sum('read'), silent: sum('silent') }).toEqual(
      overview.nodes,
    );
  });

  it('names each account and Region that was not audited, and why', () => {
    expect(overview.gaps.map((gap) => [gap['account'], gap['region'], gap['reason']])).toEqual([
      ...[...REGIONS].sort().map((region) => [accountId(10), region, 'not-permitted']),
      ...[...REGIONS].sort().map((region) => [accountId(11), region, 'throttled']),
    ]);
    expect(all.out).toMatch(
      /shop-10 \(111111111110\), eu-central-1, eu-west-1, us-east-1: not audited: the role is not there, or does not trust the caller \(sts:AssumeRole\)/,
    );
    expect(all.out).toMatch(
      /shop-11 \(111111111111\), .*: not audited: [^:]*\s\(eks:ListClusters\): Rate exceeded/,
    );
  });

  it('runs a few audits at once, and never more than it may', () => {
    expect(simulator().mostAsked()).toBeGreaterThan(1);
    expect(simulator().mostAsked()).toBeLessThanOrEqual(AT_ONCE);
  });

  it('uses the rights of the caller for roles, and for lists of accounts and Regions, alone', () => {
    expect(simulator().asked()).toEqual([
      'ec2:DescribeRegions',
      'organizations:ListAccountsForParent',
      'organizations:ListOrganizationalUnitsForParent',
      'sts:AssumeRole',
      'sts:GetCallerIdentity',
    ]);
  });

  it('says which account is done, and which is left out', () => {
    expect(all.notes).toContain('left out, as not active: 1 account: shop-13 (111111111113)');
    expect(all.notes).toMatch(/\d+ of 36: shop-1 \(111111111101\), us-east-1: 1 critical/);
    expect(all.notes).toMatch(/\d+ of 36: shop-10 .*: not audited: sts:AssumeRole not-permitted/);
  });

  it('is judged again from its folder to the same words, without AWS', async () => {
    const { terminal, out } = aTerminal({ columns: 400 });
    expect(await run(['report', '--from', within('all')], terminal)).toBe(2);
    expect(out()).toBe(all.out);
  });

  it('keeps each run where report finds it alone', async () => {
    const one = within('all', accountId(1), 'us-east-1');
    const { terminal, out } = aTerminal();
    expect(await run(['report', '--from', one], terminal)).toBe(1);
    expect(out()).toContain('acme-shop-1 (111111111101), us-east-1');
  });

  it.each([
    ['csv', /^"critical","shop",.*"111111111101","us-east-1"$/m],
    ['ndjson', /^\{"schemaVersion":1,.*"region":"us-east-1","account":\{"id":"111111111101"/m],
    ['markdown', /^\| critical \| acme-shop-1 \(111111111101\), us-east-1 \| shop\/web \|/m],
    ['html', /<h2 id="unknown">What is not known<\/h2>/],
  ])('has the form %s', async (format, holds) => {
    const { terminal, out } = aTerminal();
    await run(['report', '--from', within('all'), '--format', format], terminal);
    expect(out().replaceAll('\\', '')).toMatch(holds);
  });

  it('has a page that leads to the pages of the accounts', async () => {
    const { terminal, out } = aTerminal();
    expect(await run(['open', within('all')], terminal)).toBe(0);
    const page = await readFile(out().trim(), 'utf8');
    const [, link = ''] = /<a href="(111111111101\/us-east-1\/[^"]+)">/.exec(page) ?? [];
    expect(await readFile(within('all', link), 'utf8')).toContain('<!doctype html>');
  });

  it('does not mix with audits that are there', async () => {
    const again = auditAll({ regions: ['us-east-1'], save: within('all') });
    await expect(again).rejects.toThrow('already holds audits (accounts.json)');
  });
});
