import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import {
  bundlesPrefix,
  formerLedgerKey,
  historyPattern,
  ledgerPrefix,
  runsPrefix,
} from '../core/run/bucket-keys.js';
import { partKey } from '../core/organization/part-file.js';
import { acknowledgeWildcard } from './acknowledge.js';
import { ConfigurationError } from './configuration-error.js';
import { QUERY_RESULTS_PREFIX } from './history-tables.js';

const RUN_RETENTION = Duration.days(90);

/** A year and a month, so that a month can be compared with that of last year. */
const DEFAULT_HISTORY_RETENTION = Duration.days(400);

/** By then people have read the answer, and they can ask again. */
const QUERY_RESULTS_RETENTION = Duration.days(7);

/** They count as a reading for a day, and hold more of a node than an audit needs. */
const BUNDLE_RETENTION = Duration.days(2);

/** Properties for `RunBucket`. */
export interface RunBucketProps {
  /**
   * How long to keep history, in whole days.
   *
   * @default Duration.days(400)
   */
  readonly historyRetention?: Duration;

  /**
   * The key of what is in it.
   *
   * @default - a key of S3's own
   */
  readonly encryptionKey?: IKey;
}

/**
 * The bucket of runs, ledger and history. It stays when the stack goes.
 *
 * Not versioned: a run is written once under its own key, and a conditional put guards the ledger.
 */
export class RunBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: RunBucketProps = {}) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...encryptionOf(props.encryptionKey),
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'forget-old-runs',
          prefix: 'runs/',
          expiration: RUN_RETENTION,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          id: 'forget-old-history',
          prefix: 'history/',
          expiration: checkedRetention(props.historyRetention ?? DEFAULT_HISTORY_RETENTION),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          id: 'forget-bundles',
          prefix: 'bundles/',
          expiration: BUNDLE_RETENTION,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          id: 'forget-query-results',
          prefix: QUERY_RESULTS_PREFIX,
          expiration: QUERY_RESULTS_RETENTION,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    // What stays of the stack stays closed to plain HTTP.
    bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One role reads and writes here, and CloudTrail data events can record it. An access log would need a second bucket in every account and Region.',
    });
    // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
    this.bucket = bucket as IBucket;
  }
}

function encryptionOf(encryptionKey: IKey | undefined) {
  if (encryptionKey === undefined) return { encryption: BucketEncryption.S3_MANAGED };
  // With a bucket key, S3 asks KMS once for many objects, which KMS bills.
  return { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true };
}

/** S3 counts in days, at least one. */
function checkedRetention(retention: Duration): Duration {
  const days = retention.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return retention;
  throw new ConfigurationError(
    `'historyRetention' should be whole days, at least 1, got ${retention.toHumanString()}`,
  );
}

/**
 * Allows to read and write what an audit of this account and Region keeps, and nothing else in the bucket:
 * others may keep theirs there. In a bucket that is not of a hub there may be a ledger whose key has no account
 * yet, which may be read.
 */
export function grantRunStore(
  bucket: IBucket,
  auditor: IConstruct & IGrantable,
  { ofHub }: { readonly ofHub: boolean },
): void {
  const own = Stack.of(auditor);
  const runs = `${runsPrefix(own)}*`;
  const objects = [runs, `${ledgerPrefix(own)}*`, historyPattern(own)].map((pattern) =>
    bucket.arnForObjects(pattern),
  );
  // Nodes put them there by addresses that people sign; an audit reads them alone.
  const bundles = bucket.arnForObjects(`${bundlesPrefix(own)}*`);
  for (const resource of [...objects, bundles]) {
    acknowledgeWildcard(
      auditor,
      resource,
      'Keys hold the id of the run or of a node, or the name of a cluster.',
    );
  }
  const statements = [
    { actions: ['s3:GetObject', 's3:PutObject'], resources: objects },
    { actions: ['s3:GetObject'], resources: [bundles] },
    ofHub ? hubRecord(bucket, own) : formerLedger(bucket, own),
    {
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': [runs, `${bundlesPrefix(own)}*`] } },
    },
  ];
  for (const statement of statements) {
    auditor.grantPrincipal.addToPrincipalPolicy(new PolicyStatement(statement));
  }
  bucket.encryptionKey?.grantEncryptDecrypt(auditor);
}

function formerLedger(bucket: IBucket, own: Stack) {
  return { actions: ['s3:GetObject'], resources: [bucket.arnForObjects(formerLedgerKey(own))] };
}

/** The newest of what the hub tells of this account and Region. */
function hubRecord(bucket: IBucket, own: Stack) {
  return { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(partKey(own))] };
}
