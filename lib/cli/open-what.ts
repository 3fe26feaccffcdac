import { isRegion } from '../core/configuration/regions.js';
import type { BucketPlace } from '../core/run/bucket-keys.js';
import { checkRunKey, runAddress } from '../core/text/run-key.js';
import { present } from '../core/text/present.js';

/** The run that is wanted, in a bucket. What is absent is that of the caller. */
export interface WantedRun extends Pick<BucketPlace, 'bucket'> {
  readonly runId: string;
  readonly account?: string;
  readonly region?: string;
}

/** What says where a run is, beside its name. */
export interface WhereOptions {
  readonly bucket?: string;
  readonly account?: string;
  readonly region?: string;
}

/**
 * The run in a bucket that a command line names: `s3://bucket/runs/account/region/run/` as messages have it, or its
 * name beside the bucket. Nothing where it names no bucket: then it may be a folder.
 */
export function wantedRun(named: string, options: WhereOptions): WantedRun | undefined {
  const { bucket, account, region } = options;
  if (named.startsWith('s3://')) return ofAddress(named, options);
  if (bucket === undefined) return undefined;
  return { bucket, runId: checkRunKey(named), ...present({ account, region }) };
}

function ofAddress(text: string, { bucket, account }: WhereOptions): WantedRun {
  const address = runAddress(text);
  if (address === undefined || !isRegion(address.region)) {
    throw new Error(
      `the address of a run should be s3://bucket/runs/account/region/run/, got '${text}'`,
    );
  }
  const twice = bucket === undefined ? account && '--account' : '--bucket';
  if (twice !== undefined) throw new Error(`${twice} should be absent beside '${text}'`);
  return address;
}
