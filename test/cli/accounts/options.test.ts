import { describe, expect, it } from 'vitest';
import { accountId, aMember, EXTERNAL_ID, ROLE, ROOT_ID } from '../../support/an-organization.js';
import { anOrganizationScene, REGIONS } from './scene.js';

const { say } = anOrganizationScene([aMember(1, REGIONS), aMember(5, REGIONS)]);

describe('a command line about several accounts', () => {
  it.each([
    [['--accounts', 'a.yaml', '--organization', ROOT_ID], 'the accounts should be named once'],
    [['--organization', ROOT_ID], '--organization needs --role'],
    [
      ['--organization', 'production', '--role', ROLE],
      "should be the id of a root or unit, such as r-ab12 or ou-ab12-cdefgh34, got 'production'",
    ],
    [
      ['--regions', 'us-east-1,us'],
      "names of Regions with commas such as eu-west-1,us-east-1, got 'us'",
    ],
    [
      ['--role', '/Reader'],
      "should be the name of a role, with its path and without a slash before it, got '/Reader'",
    ],
    [['--external-id', 'x1'], '--external-id is for a role'],
    [['--regions', 'us-east-1', '--external-id', 'x1'], '--external-id is for a role'],
    [['--regions', 'us-east-1', '--full'], '--full is for the report of one account and Region'],
    [['--regions', 'us-east-1', '--format', 'junit'], "got 'junit'"],
    [['--regions', 'us-east-1', '--watch', '5m'], '--watch looks at one account and Region'],
    [
      ['--regions', 'us-east-1', '--role', `arn:aws:iam::${accountId(1)}:role/${ROLE}`],
      '--role should be a name beside --accounts',
    ],
    [['--at-once', '0', '--regions', 'us-east-1'], '--at-once'],
  ])('is refused: %j', async (args, says) => {
    const { status, notes } = await say('audit', ...args);
    expect({ status, says: notes.includes(says) ? says : notes }).toEqual({ status: 3, says });
  });

  it('fails where no account and Region has a cluster, and where a unit is not there', async () => {
    const unit = ['--role', ROLE, '--organization'];
    const empty = await say('audit', '--regions', 'us-east-1,eu-west-1');
    expect(empty.status).toBe(3);
    expect(empty.notes).toContain('there is no EKS cluster to audit in 2 accounts and Regions');
    const none = await say('audit', ...unit, 'ou-ab12-nothere1');
    expect(none.status).toBe(3);
    expect(none.notes).toContain('organizations:ListAccountsForParent of ou-ab12-nothere1 failed');
  });
});

describe('a role in one account', () => {
  it('audits with the rights of the role, and the report is the ordinary one', async () => {
    const role = ['--role', `arn:aws:iam::${accountId(5)}:role/${ROLE}`];
    const { status, out } = await say('audit', ...role, '--external-id', EXTERNAL_ID, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      account: { id: accountId(5), alias: 'acme-shop-5' },
      nodes: { discovered: 2, read: 2, silent: 0 },
    });
  });

  it('is an error where the role does not trust the caller, which says who asked', async () => {
    const role = ['--role', `arn:aws:iam::${accountId(5)}:role/${ROLE}`];
    const { status, notes } = await say('audit', ...role);
    expect(status).toBe(3);
    expect(notes).toContain(
      'sts:AssumeRole of arn:aws:iam::111111111105:role/ConntrackAuditReader',
    );
    expect(notes).toContain('asked by arn:aws:iam::000000000000:root');
  });
});
