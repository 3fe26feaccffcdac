import {
  GetObjectCommand,
  paginateListObjectsV2,
  type _Object,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import type { Gap } from '../core/node/gap.js';
import { bundlesPrefix, nodeOfBundle, type BucketPlace } from '../core/run/bucket-keys.js';
import type { BundleNames, BundleReading, BundleSource, FoundBundles } from '../core/run/ports.js';
import { bytes, count } from '../core/text/format.js';
import { present } from '../core/text/present.js';
import { bundleGap } from './bundle-gap.js';
import { failureOf } from './service-error.js';

/** Seconds after which a bundle is no reading any more: a day. */
const READABLE_FOR = 86_400;
/** Bytes of a packed bundle that is read. House choice: that of a busy node has some ten megabytes. */
const LARGEST = 256 * 2 ** 20;
/** Bundles that one audit reads. House choice: each takes about a second. */
const MOST = 200;

/** The support bundles that lie under `bundles/<account>/<region>/` of the run bucket. */
export class S3Bundles implements BundleSource {
  constructor(
    private readonly s3: S3Client,
    private readonly place: BucketPlace,
    private readonly now: () => Date,
  ) {}

  /** Of each of these nodes the newest bundle, if it is at most a day old. */
  async list(silent: ReadonlySet<string>): Promise<BundleNames> {
    if (silent.size === 0) return { names: [] };
    const { bucket, ...place } = this.place;
    const newest = new Map<string, _Object>();
    const prefix = bundlesPrefix(place);
    try {
      const asked = { Bucket: bucket, Prefix: prefix };
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, asked)) {
        for (const one of Contents) this.take(one, silent, newest);
      }
    } catch (error) {
      const failure = failureOf('s3:ListBucket', error);
      return { names: [], gaps: [failure.gap('commands', `s3://${bucket}/${prefix}`)] };
    }
    const names = [...newest.values()].flatMap(({ Key }) => Key ?? []).sort();
    return { names: names.slice(0, MOST), ...present({ gaps: tooMany(names) }) };
  }

  private take(one: _Object, silent: ReadonlySet<string>, newest: Map<string, _Object>): void {
    const { Key = '', LastModified } = one;
    const node = nodeOfBundle(this.place, Key);
    if (node === undefined || !silent.has(node) || LastModified === undefined) return;
    const age = (this.now().getTime() - LastModified.getTime()) / 1_000;
    const before = newest.get(node)?.LastModified;
    const isNewer = before === undefined || before < LastModified;
    if (age <= READABLE_FOR && isNewer) newest.set(node, one);
  }

  async read(names: readonly string[]): Promise<FoundBundles> {
    const readings: BundleReading[] = [];
    const gaps: Gap[] = [];
    for (const name of names) {
      try {
        readings.push(await this.readOne(name));
      } catch (error) {
        gaps.push(bundleGap(name, error));
      }
    }
    return { readings, ...(gaps.length > 0 && { gaps }) };
  }

  private async readOne(name: string): Promise<BundleReading> {
    const instanceId = nodeOfBundle(this.place, name) ?? '';
    const object = { Bucket: this.place.bucket, Key: name };
    const {
      Body,
      ContentLength = 0,
      LastModified,
    } = await this.s3.send(new GetObjectCommand(object));
    if (ContentLength > LARGEST) {
      throw new Error(`has ${bytes(ContentLength)}, more than ${bytes(LARGEST)}`);
    }
    // Few audits meet a bundle; only they load what reads one.
    const { readBundleStream } = await import('./bundle-file.js');
    const bundle = await readBundleStream(name, Body as Readable);
    const own = bundle.identity.instanceId;
    if (own !== undefined && own !== instanceId) {
      throw new Error(`is of ${own}, and lies where those of ${instanceId} do`);
    }
    const { answer: text, lacks, notes } = bundle;
    return {
      name,
      instanceId,
      text,
      lacks,
      notes,
      ...present({ takenAt: LastModified?.toISOString() }),
    };
  }
}

function tooMany(names: readonly string[]): Gap[] | undefined {
  if (names.length <= MOST) return undefined;
  const detail = `${count(names.length - MOST)} more than the ${count(MOST)} that one audit reads`;
  return [{ about: 'bundle', subject: 'bundles', operation: 'read', reason: 'failed', detail }];
}
