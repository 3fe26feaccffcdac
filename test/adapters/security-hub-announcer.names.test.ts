import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Untaken } from '../../lib/core/run/ports.js';
import { SecurityHubAnnouncer } from '../../lib/adapters/security-hub-announcer.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Transition } from '../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from '../support/a-transition.js';

const account = '123456789012';
const securityHub = mockClient(SecurityHubClient);

function publish(
  transitions: readonly Transition[],
  over: Partial<Digest> = {},
): Promise<readonly Untaken[]> {
  const client = new SecurityHubClient({ region: 'eu-west-1' });
  const announcer = new SecurityHubAnnouncer(client, { account, partition: 'aws' });
  return announcer.publish(aDigest(transitions, over));
}

/** The findings of each request, in order. */
function requests(): AwsSecurityFinding[][] {
  return securityHub
    .commandCalls(BatchImportFindingsCommand)
    .map(({ args }) => args[0].input.Findings ?? []);
}

/** What is imported of one transition. */
async function imported(
  transition: Transition,
  over: Partial<Digest> = {},
): Promise<AwsSecurityFinding> {
  securityHub.resetHistory();
  await publish([transition], over);
  const [[finding] = []] = requests();
  if (finding === undefined) throw new Error('nothing was imported');
  return finding;
}

beforeEach(() => {
  securityHub.reset();
  securityHub.on(BatchImportFindingsCommand).resolves({ FailedFindings: [] });
});

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
