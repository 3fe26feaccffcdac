import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { OrganizationDigest } from '../core/organization/organization-digest.js';
import {
  organizationMail,
  organizationSubject,
} from '../core/render/organization/organization-mail.js';
import { asciiJson } from '../core/render/machine.js';
import { needed } from './service-error.js';

/** Publishes the digest of an organization: a mail to people, one line to telephones and JSON to everything else. */
export async function publishOrganization(
  sns: SNSClient,
  topicArn: string,
  digest: OrganizationDigest,
): Promise<void> {
  const subject = organizationSubject(digest);
  const bodies = { default: asciiJson(digest), email: organizationMail(digest), sms: subject };
  const request = new PublishCommand({
    TopicArn: topicArn,
    Subject: subject,
    MessageStructure: 'json',
    Message: JSON.stringify(bodies),
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'organization' } },
  });
  await needed('sns:Publish', `of ${topicArn}`, sns.send(request));
}
