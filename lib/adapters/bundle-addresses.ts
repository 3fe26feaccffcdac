import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { bundleKey, type BucketPlace } from '../core/run/bucket-keys.js';

/** Addresses that take the bundles of nodes, one PUT each. */
export class BundleAddresses {
  private readonly s3: S3Client;

  constructor(
    s3: S3Client,
    private readonly place: BucketPlace,
  ) {
    // A checksum in the address would be that of nothing, and S3 would refuse what is put there.
    this.s3 = new S3Client({
      credentials: s3.config.credentials,
      region: s3.config.region,
      forcePathStyle: s3.config.forcePathStyle === true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      ...(s3.config.endpoint !== undefined && { endpoint: s3.config.endpoint }),
    });
  }

  /** `at`: when it is asked for, as `20261127T180000Z`. */
  async address(instanceId: string, at: string, seconds: number): Promise<string> {
    const { bucket, ...place } = this.place;
    const request = new PutObjectCommand({ Bucket: bucket, Key: bundleKey(place, instanceId, at) });
    return getSignedUrl(this.s3, request, { expiresIn: seconds });
  }
}
