import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { SecurityHubAnnouncer } from '../../lib/adapters/security-hub-announcer.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Transition } from '../../lib/core/ledger/transition.js';
import type { Untaken } from '../../lib/core/run/ports.js';
import { aDigest } from './a-transition.js';

/** The account that imports. */
export const account = '123456789012';

/** Stands in for Security Hub, which nothing here serves. */
export const securityHub = mockClient(SecurityHubClient);

/** Security Hub as it is when it takes everything. */
export function takesAll(): void {
  securityHub.reset();
  securityHub.on(BatchImportFindingsCommand).resolves({ FailedFindings: [] });
}

export function publish(
  transitions: readonly Transition[],
  over: Partial<Digest> = {},
): Promise<readonly Untaken[]> {
  const client = new SecurityHubClient({ region: 'eu-west-1' });
  const announcer = new SecurityHubAnnouncer(client, { account, partition: 'aws' });
  return announcer.publish(aDigest(transitions, over));
}

/** The findings of each request, in order. */
export function requests(): AwsSecurityFinding[][] {
  return securityHub
    .commandCalls(BatchImportFindingsCommand)
    .map(({ args }) => args[0].input.Findings ?? []);
}

/** What is imported of one transition. */
export async function imported(
  transition: Transition,
  over: Partial<Digest> = {},
): Promise<AwsSecurityFinding> {
  securityHub.resetHistory();
  await publish([transition], over);
  const [[finding] = []] = requests();
  if (finding === undefined) throw new Error('nothing was imported');
  return finding;
}
