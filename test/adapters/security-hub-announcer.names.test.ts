import { beforeEach, describe, expect, it } from 'vitest';
import { aTransition } from '../support/a-transition.js';
import { account, imported, takesAll } from '../support/security-hub.js';

beforeEach(takesAll);

describe('what Security Hub is told of names', () => {
  it('is about the audited account, in whose name its resources are', async () => {
    const finding = await imported(aTransition(), {
      account: { id: '210987654321', alias: 'acme' },
    });
    expect(finding.AwsAccountId).toBe(account);
    expect(finding.Resources?.[0]?.Id).toBe('arn:aws:ec2:eu-west-1:210987654321:instance/i-1');
    expect(finding.ProductFields?.['conntrack-auditor/account']).toBe('acme (210987654321)');
  });

  it('shows nothing that a name hides, and knows the finding by its digest then', async () => {
    const odd = await imported(
      aTransition({
        id: 'x/prod/a\u202eb',
        cluster: 'prod\u001b[2J',
        nodes: [],
        nodeGroup: 'a\u202eb',
      }),
    );
    expect(JSON.stringify(odd)).not.toMatch(/\\u001b|\u202e/);
    expect(odd.Resources?.[0]?.Id).toMatch(/:cluster\/prod\?\[2J$/);
    expect(odd.Id).toMatch(/^conntrack-auditor\/sha256\/[0-9a-f]{64}$/);
    const other = await imported(aTransition({ id: 'x/prod/a\u202ab' }));
    expect(other.Id).not.toBe(odd.Id);
  });
});
