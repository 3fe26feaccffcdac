import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ConfigurationError } from './configuration-error.js';

/** Where an auditor finds its hub, which may be in another account and Region. */
export interface HubAddress {
  /** ARN of the hub's topic. */
  readonly topicArn: string;

  /** Name of the hub's bucket, which is in the account and Region of its topic. */
  readonly bucketName: string;

  /**
   * ARN of the hub's own key, if it has one.
   *
   * @default - the hub has no key of its own
   */
  readonly keyArn?: string;
}

/** The hub's topic and bucket, as a construct uses them. */
export function atHub(
  scope: Construct,
  { topicArn, bucketName }: HubAddress,
): { topic: ITopic; bucket: IBucket } {
  const { account, region } = Stack.of(scope).splitArn(topicArn, ArnFormat.NO_RESOURCE_NAME);
  return {
    topic: Topic.fromTopicArn(scope, 'HubTopic', topicArn),
    bucket: Bucket.fromBucketAttributes(scope, 'HubBucket', {
      bucketName,
      account: account ?? '',
      region: region ?? '',
    }),
  };
}

/** Fails on what belongs to a hub, and is given beside the address of one. */
export function checkBesideHub(given: Readonly<Record<string, unknown>>): void {
  const [key] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (key === undefined) return;
  throw new ConfigurationError(
    `'${key}' should be absent beside 'hub': the hub has the topic with its addresses, and the bucket`,
  );
}
