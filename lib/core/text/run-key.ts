/** The page of a run, beside its values. */
export const PAGE_KEY = 'report.html';

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._=-]*$/;

/**
 * Checks that a key of a run means the same in a folder and in a bucket: names of letters, digits
 * and `. _ = -`, joined by `/`. So no key leaves its run, and none hides behind a leading dot.
 */
export function checkRunKey(key: string): string {
  if (key.split('/').every((segment) => SEGMENT.test(segment))) return key;
  throw new Error(
    `a key of a run should be names of letters, digits, '.', '_', '=' and '-' joined by '/', got '${key}'`,
  );
}

/** A run in a bucket. */
export interface RunAddress {
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
  readonly runId: string;
}

const ADDRESS =
  /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/runs\/(\d{12})\/([a-z0-9-]{3,40})\/([A-Za-z0-9_][A-Za-z0-9._=-]*)\/?$/;

/**
 * Reads `s3://bucket/runs/account/region/run/`; nothing of what is none. It holds nothing that a shell or an address
 * takes for more than a text.
 */
export function runAddress(text: string): RunAddress | undefined {
  const [, bucket, account, region, runId] = ADDRESS.exec(text) ?? [];
  if (bucket === undefined || account === undefined) return undefined;
  if (region === undefined || runId === undefined) return undefined;
  return { bucket, account, region, runId };
}
