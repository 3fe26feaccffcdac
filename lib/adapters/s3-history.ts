import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AuditRecord } from '../core/history/audit-record.js';
import { historyKey, historyText } from '../core/history/history-file.js';
import type { Recorder } from '../core/run/ports.js';
import { needed } from './service-error.js';

/** Keeps history in a bucket, one object for each audit. */
export class S3History implements Recorder {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    /** Id of the audited account, which has its own partition. */
    private readonly account: string,
  ) {}

  async record(record: AuditRecord): Promise<void> {
    const key = historyKey(record, this.account);
    const request = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: await promisify(gzip)(historyText(record)),
      // No Content-Encoding: a client would unpack a file that is called .gz.
      ContentType: 'application/gzip',
    });
    await needed('s3:PutObject', `of s3://${this.bucket}/${key}`, this.s3.send(request));
  }
}
