import { awsClients } from '../lib/adapters/aws-clients.js';
import { publishOrganization } from '../lib/adapters/sns-organization.js';
import { S3Parts } from '../lib/adapters/s3-parts.js';
import { organizationDigestOf } from '../lib/core/organization/organization-digest.js';
import { present } from '../lib/core/text/present.js';
import { organizationEnv, readEnv, requestSeconds } from '../lib/env.js';
import { VERSION } from '../lib/version.js';

const env = readEnv(organizationEnv, process.env);
const clients = awsClients(
  present({ version: VERSION, requestSeconds: requestSeconds(process.env) }),
);

/** What was told, in numbers. */
export interface Told {
  readonly auditors: number;
  readonly missed: number;
  readonly unread: number;
}

/**
 * Tells the organization what its newest audits found, and who did not audit when it should have.
 *
 * Invoked by EventBridge Scheduler, at least once for each tick; one that is delivered twice is told twice. Nothing is
 * caught: an error fails the invocation, Lambda tries it twice more, and the alarm rings.
 */
export async function digest(): Promise<Told> {
  const parts = new S3Parts(clients.s3, env.BUCKET_NAME);
  const { records, unread } = await parts.readAll();
  const now = new Date().toISOString();
  const made = organizationDigestOf({ records, unread, now, location: parts.location });
  await publishOrganization(clients.sns, env.TOPIC_ARN, made);
  const { auditors } = made;
  return {
    auditors: auditors.known,
    missed: auditors.known - auditors.inTime,
    unread: unread.length,
  };
}
