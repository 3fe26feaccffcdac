import { CfnWaitConditionHandle, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { OrganizationPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { letOrganizationRead } from './organization-access.js';

/** Properties for `HandlerCodeBucket`. */
export interface HandlerCodeBucketProps {
  readonly organizationId: string;
  /** The first part of its name: the account and the Region are the rest. */
  readonly prefix: string;
}

/**
 * The name of the bucket that holds the code of functions in a Region. Lambda takes code only from a bucket of its
 * own Region, so there is one in each, and a template of all Regions computes its name.
 */
export function codeBucketName(prefix: string, account: string, region: string): string {
  return `${prefix}-${account}-${region}`;
}

/**
 * Holds the audit function's code for the accounts of the organization, in one Region. It stays when its stack
 * goes: a member may still need what is in it.
 */
export class HandlerCodeBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { organizationId, prefix }: HandlerCodeBucketProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: codeBucketName(prefix, account, region),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds code that is public, and CloudTrail data events can record who reads it.',
    });
    // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
    this.bucket = bucket as IBucket;
    letOrganizationRead(this.bucket, organizationId);
    letBootstrapPublish(this.bucket, organizationId);
  }
}

/**
 * Lets the role by which `cdk deploy` publishes files put them here as well: of itself it may use the bucket of
 * `cdk bootstrap` alone. By a condition, as a policy that names a role which is not there is refused. The account as
 * principal would hand the decision to the role's own policy, which says no.
 */
function letBootstrapPublish(bucket: IBucket, organizationId: string): void {
  const { partition, account } = Stack.of(bucket);
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: [
        's3:AbortMultipartUpload',
        's3:GetBucketLocation',
        's3:GetEncryptionConfiguration',
        's3:ListBucket',
        's3:GetObject',
        's3:PutObject',
      ],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      principals: [new OrganizationPrincipal(organizationId)],
      conditions: {
        ArnLike: {
          'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/cdk-*-file-publishing-role-*`,
        },
      },
    }),
  );
}

/** Puts the built handler into the code bucket, by a stack whose files are published there. */
export class HandlerCode extends Construct {
  /** Key of the zip in each code bucket. It holds the hash of the code, so a new release has a new one. */
  readonly objectKey: string;

  constructor(scope: Construct, id: string, directory: string) {
    super(scope, id);
    // A stack needs a resource, and this one is nothing but a name.
    new CfnWaitConditionHandle(this, 'Nothing');
    this.objectKey = new Asset(this, 'Zip', { path: directory }).s3ObjectKey;
  }
}
