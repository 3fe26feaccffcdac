import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.js';

const RUN_RETENTION = Duration.days(90);

/** What the audit may touch: each run under its own key, and what the last audit knew. */
const PREFIXES = ['runs/*', 'ledger/*'];

/**
 * The bucket of the run store. It stays when the stack goes: it holds the history of the fleet.
 *
 * Not versioned: a run is written once under its own key, and the ledger is guarded by a
 * conditional put.
 */
export class RunBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'forget-old-runs',
          prefix: 'runs/',
          expiration: RUN_RETENTION,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One role reads and writes here, and CloudTrail data events can record it. An access log would need a second bucket in every account and Region.',
    });
    // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
    this.bucket = bucket as IBucket;
  }
}

/** Allows to read and write what an audit keeps, to list it, and nothing else in the bucket. */
export function grantRunStore(bucket: IBucket, auditor: IConstruct & IGrantable): void {
  const objects = PREFIXES.map((prefix) => bucket.arnForObjects(prefix));
  auditor.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: objects }),
  );
  for (const resource of objects) {
    acknowledgeWildcard(auditor, resource, 'Keys hold the id of the run or the name of a cluster.');
  }
  auditor.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': PREFIXES } },
    }),
  );
  bucket.encryptionKey?.grantEncryptDecrypt(auditor);
}
