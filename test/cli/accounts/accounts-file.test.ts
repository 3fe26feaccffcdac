import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readAccounts } from '../../../lib/cli/accounts/accounts-file.js';
import { accountId, aMember, EXTERNAL_ID, ROLE } from '../../support/an-organization.js';
import { anOrganizationScene, REGIONS, type Overview } from './scene.js';

const { within, say } = anOrganizationScene([1, 2, 3, 4].map((one) => aMember(one, REGIONS)));

describe('accounts in a file', () => {
  async function fileOf(text: string): Promise<string> {
    const file = within('accounts.yaml');
    await writeFile(file, text);
    return file;
  }

  it('are audited each in its Regions, by its role', async () => {
    const file = await fileOf(`role: ${ROLE}
externalId: ${EXTERNAL_ID}
regions: [eu-west-1]
accounts:
  - '${accountId(1)}'
  - account: '${accountId(2)}'
    name: stores
    regions: [us-east-1, eu-central-1]
`);
    const { status, out, notes } = await say('audit', '--accounts', file, '--json');
    expect({ status, audits: (JSON.parse(out) as Overview).audits }).toEqual({
      status: 1,
      audits: { wanted: 3, done: 3, empty: 0 },
    });
    expect(notes).toContain('stores (111111111102), eu-central-1: no findings on 1 of 1 node read');
  });

  it('are as the documents show them', async () => {
    const page = readFileSync(new URL('../../../docs/organization.md', import.meta.url), 'utf8');
    const [, yaml = ''] = /```yaml\n# accounts.yaml\n([^]*?)```/.exec(page) ?? [];
    expect((await readAccounts(await fileOf(yaml))).accounts).toEqual([
      { account: '111122223333' },
      {
        account: '222233334444',
        name: 'shop-stage',
        regions: ['eu-west-1'],
        role: 'audit/Reader',
      },
    ]);
  });

  it('remember what was found, each by itself, and keep one history', async () => {
    const file = await fileOf(
      `{role: ${ROLE}, externalId: ${EXTERNAL_ID}, accounts: ['${accountId(3)}', '${accountId(4)}']}`,
    );
    const ledger = within('ledger');
    const first = await say('audit', '--accounts', file, '--ledger', ledger);
    expect(first.notes).toContain(`${accountId(3)}, us-east-1: first audit in this ledger: 1 new`);
    const second = await say('audit', '--accounts', file, '--ledger', ledger);
    expect(second.notes).toContain(
      `${accountId(4)}, us-east-1: since the last audit: nothing changed`,
    );
    const { out } = await say('history', 'worst', '--from', ledger);
    expect(out).toContain('4 audits, 8 records');
  });

  it.each([
    [
      "accounts: ['11112222333']",
      "'accounts[0]' should be twelve digits in quotes, got '11112222333'",
    ],
    [
      'accounts: [111122223333]',
      "'accounts[0]' should be twelve digits in quotes, got 111122223333",
    ],
    [
      'accounts: [{account: 012345678901}]',
      "'accounts[0].account' should be twelve digits in quotes, got 12345678901",
    ],
    [
      "accounts: [{account: '111122223333', region: [x]}]",
      "'accounts[0]' has no 'region', did you mean 'regions'?",
    ],
    [
      "accounts: [{account: '111122223333', regions: [eu-west]}]",
      "'accounts[0].regions[0]' should be the name of a Region such as eu-west-1, got 'eu-west'",
    ],
    [
      "{role: /Reader, accounts: ['111122223333']}",
      "'role' should be the name of a role, with its path and without a slash before it, got '/Reader'",
    ],
    [
      "{role: Reader, externalId: 'a b', accounts: ['111122223333']}",
      "'externalId' should be 2 to 1,224 letters, digits and signs of +=,.@:/-, got 'a b'",
    ],
    [
      "{role: R, accounts: ['111122223333', {account: '111122223333'}]}",
      "'accounts' should name each account once, got '111122223333' twice",
    ],
    ['accounts: []', "'accounts' should name at least one account, got []"],
    ['role: Reader', "'accounts' should be a list of accounts, got nothing"],
    ['accounts: {', 'should be YAML'],
  ])('are refused with the value and what is allowed: %s', async (text, says) => {
    const { status, notes } = await say('audit', '--accounts', await fileOf(text));
    expect(status).toBe(3);
    expect(notes).toContain(says);
    expect(notes).toContain('accounts.yaml');
  });

  it('need a role each', async () => {
    const file = await fileOf("accounts: ['111122223333']");
    const { status, notes } = await say('audit', '--accounts', file);
    expect({ status, notes }).toEqual({
      status: 3,
      notes: `error: no role leads into account 111122223333: name one with --role, or as role in ${file}\n`,
    });
  });
});
