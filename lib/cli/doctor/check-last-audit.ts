import { ListObjectsV2Command, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { Failure, isNotFound } from '../../adapters/service-error.js';
import { runsPrefix } from '../../core/run/bucket-keys.js';
import { ago } from '../../core/text/ago.js';
import { plural } from '../../core/text/format.js';
import { tickRunId } from '../../run-id.js';
import { asked, fault, ok, unanswered, unknown, type Checked } from './checked.js';
import type { Deployed } from './find-stack.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'last-audit';
const DAY_MS = 86_400_000;
/** Days in which the newest run is looked for: no schedule of the stack is slower than 6. */
const DAYS = 7;
/** Seconds that the longest audit takes: the function is not given more. */
const LONGEST_AUDIT = 3_600;

/** The newest run of the bucket. */
export interface NewestRun {
  readonly runId: string;
  readonly hasReport: boolean;
}

/** When the deployed function audited last. */
export async function checkLastAudit(
  { clients, every, now }: Patient,
  caller: Caller,
  { bucket, auditNow }: Deployed,
): Promise<Checked> {
  if (bucket === undefined) return unknown(CHECK, 'no bucket is known', 'name it with --bucket');
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const looking = newestRun(clients.s3, bucket, runsPrefix(caller), since);
  const run = await asked('s3:ListBucket', looking);
  if (run instanceof Failure) return unanswered(CHECK, run, caller);
  if (run === 'no bucket') {
    return fault(CHECK, `the bucket '${bucket}' does not exist`, 'name another one with --bucket');
  }
  return judgeLastAudit(run, now, every, auditNow);
}

/** Its age against the schedule. One that is late by half of its time is late. */
function judgeLastAudit(
  run: NewestRun | undefined,
  now: Date,
  every: number,
  auditNow = 'start one, and look at the log of the function and at its dead letters',
): Checked {
  if (run === undefined) return fault(CHECK, `none in the last ${plural(DAYS, 'day')}`, auditNow);
  const { runId, hasReport } = run;
  const age = (now.getTime() - timeOf(runId)) / 1_000;
  const says = `${runId} began ${ago(age)}`;
  if (!hasReport && age > LONGEST_AUDIT) {
    return fault(CHECK, `${says} and left no report`, 'look at the log of the function');
  }
  if (age > 1.5 * every) {
    const hours = Math.round(every / 360) / 10;
    return fault(
      CHECK,
      `${says}, and one is due each ${plural(hours, 'hour')} (--every)`,
      auditNow,
    );
  }
  return ok(CHECK, hasReport ? says : `${says} and is not over yet`);
}

/** Names of runs begin with their time, and sort by it. */
function timeOf(runId: string): number {
  const [, date = '', hour = '', minute = '', second = ''] =
    /^(\d{8})T(\d\d)(\d\d)(\d\d)Z/.exec(runId) ?? [];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}

async function newestRun(
  s3: S3Client,
  Bucket: string,
  Prefix: string,
  since: Date,
): Promise<NewestRun | undefined | 'no bucket'> {
  const StartAfter = `${Prefix}${tickRunId(since.toISOString())}`;
  const ids: string[] = [];
  try {
    const request = { Bucket, Prefix, Delimiter: '/', StartAfter };
    for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: s3 }, request)) {
      ids.push(...CommonPrefixes.map((one) => one.Prefix?.slice(Prefix.length, -1) ?? ''));
    }
  } catch (error) {
    if (isNotFound(error)) return 'no bucket';
    throw error;
  }
  const runId = ids
    .filter((id) => /^\d{8}T\d{6}Z/.test(id))
    .sort()
    .at(-1);
  if (runId === undefined) return undefined;
  const report = new ListObjectsV2Command({ Bucket, Prefix: `${Prefix}${runId}/report.json` });
  const { KeyCount = 0 } = await s3.send(report);
  return { runId, hasReport: KeyCount > 0 };
}
