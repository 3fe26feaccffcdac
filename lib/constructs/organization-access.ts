import {
  OrganizationPrincipal,
  PolicyStatement,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type Construct, type IConstruct } from 'constructs';
import { Stack } from 'aws-cdk-lib';
import { partKey } from '../core/organization/part-file.js';
import { historyPattern, ledgerPrefix, runsPrefix } from '../core/run/bucket-keys.js';

/**
 * Whoever asks, in each of its Regions. IAM puts the account of the caller in the place of this variable, so
 * one statement serves every account of an organization, and each of them alone.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 */
const CALLER = { account: '${aws:PrincipalAccount}', region: '*' };

/**
 * Lets every account of the organization publish to the hub's topic. By a statement and not by a grant, which
 * would open the topic's key to them for everything.
 */
export function letOrganizationPublish(topic: ITopic, organizationId: string): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      principals: [new OrganizationPrincipal(organizationId)],
    }),
  );
}

/**
 * Lets each account of the organization keep runs, ledger and history under its own keys in the hub's bucket,
 * and neither see nor touch those of another.
 */
export function letOrganizationKeep(bucket: IBucket, organizationId: string): void {
  const runs = `${runsPrefix(CALLER)}*`;
  const own = [runs, `${ledgerPrefix(CALLER)}*`, historyPattern(CALLER)];
  const statements: readonly PolicyStatementProps[] = [
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: own.map((pattern) => bucket.arnForObjects(pattern)),
    },
    { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(partKey(CALLER))] },
    {
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': runs } },
    },
  ];
  for (const statement of statements) {
    const principals = [new OrganizationPrincipal(organizationId)];
    bucket.addToResourcePolicy(new PolicyStatement({ ...statement, principals }));
  }
}

/** Lets every account of the organization read what is in this bucket: code, which is no secret. */
export function letOrganizationRead(bucket: IBucket, organizationId: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      principals: [new OrganizationPrincipal(organizationId)],
    }),
  );
}

/**
 * A key that the accounts of the organization may use through S3 and SNS, where the policies of bucket and
 * topic say for what. The key that AWS manages for S3 or SNS serves no other account.
 */
export function organizationKey(scope: Construct, id: string, organizationId: string): Key {
  const key = new Key(scope, id, {
    description: 'Topic and bucket of the conntrack auditor',
    enableKeyRotation: true,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      principals: [new OrganizationPrincipal(organizationId)],
      conditions: { StringEquals: { 'kms:ViaService': viaServices(scope) } },
    }),
  );
  return key;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function viaServices(scope: IConstruct): string[] {
  const { region, urlSuffix } = Stack.of(scope);
  return ['s3', 'sns'].map((service) => `${service}.${region}.${urlSuffix}`);
}
